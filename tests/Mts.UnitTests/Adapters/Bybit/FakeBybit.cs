using System.Globalization;
using System.Net;
using System.Web;

namespace Mts.UnitTests.Adapters.Bybit;

/// <summary>Answers as the venue does, newest first and the newest rows of what is asked for; counts what it is asked.</summary>
internal sealed class FakeBybit(IReadOnlyList<long> times, Func<long> nowMs) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!.PathAndQuery);
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        var (category, symbol) = (query["category"], query["symbol"]);
        var result = request.RequestUri.AbsolutePath switch
        {
            "/v5/market/time" => $$"""{"timeSecond":"{{nowMs() / 1_000}}","timeNano":"{{nowMs()}}000000"}""",
            "/v5/market/kline" => $$"""{"symbol":"{{symbol}}","category":"{{category}}","list":[{{Rows("start", "end", t => $"[\"{t}\",\"2\",\"3\",\"1\",\"2.5\",\"10\",\"25\"]")}}]}""",
            "/v5/market/funding/history" =>
                $$"""{"category":"{{category}}","list":[{{Rows("startTime", "endTime", t => $"{{\"symbol\":\"{symbol}\",\"fundingRate\":\"0.0001\",\"fundingRateTimestamp\":\"{t}\"}}")}}]}""",
            "/v5/market/instruments-info" => Instruments(category!, query["cursor"]),
            var path => throw new InvalidOperationException($"{path} is not served here"),
        };
        var body = $$"""{"retCode":0,"retMsg":"OK","result":{{result}},"retExtInfo":{},"time":{{nowMs()}}}""";
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });

        string Rows(string from, string to, Func<long, string> row)
        {
            var (first, last) = (long.Parse(query[from]!, CultureInfo.InvariantCulture), long.Parse(query[to]!, CultureInfo.InvariantCulture));
            var limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
            return string.Join(',', times.Where(t => t >= first && t <= last && t <= nowMs()).OrderDescending().Take(limit).Select(row));
        }
    }

    private static string Instruments(string category, string? cursor)
    {
        var (coin, next) = (category, cursor) switch
        {
            ("spot", _) => ("BTC", ""),
            (_, null) => ("BTC", "page two"),
            (_, "page two") => ("ETH", "page&three"),
            (_, "page&three") => ("SOL", ""),
            _ => throw new InvalidOperationException($"no such page: {cursor}"),
        };
        var contract = category == "linear" ? "\"contractType\":\"LinearPerpetual\",\"settleCoin\":\"USDT\"," : "";
        return $$"""{"category":"{{category}}","nextPageCursor":"{{next}}","list":[{{{contract}}"symbol":"{{coin}}USDT","status":"Trading","baseCoin":"{{coin}}","quoteCoin":"USDT"}]}""";
    }
}
