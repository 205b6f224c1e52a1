using System.Globalization;
using System.Net;
using System.Web;

namespace Mts.UnitTests.Adapters.Binance;

/// <summary>Answers time, klines and funding as the venue does, from a list of open times; counts what it is asked.</summary>
internal sealed class FakeBinance(IReadOnlyList<long> openTimes, long stepMs, Func<long> nowMs) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    /// <summary>Most rows that the server gives, whatever is asked for.</summary>
    public int Most { get; init; } = 1_000;

    /// <summary>Changes an answer before it is sent.</summary>
    public Func<string, string> Damage { get; init; } = static body => body;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Asked.Add(request.RequestUri.PathAndQuery);
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        var body = path[(path.LastIndexOf('/') + 1)..] switch
        {
            "time" => $$"""{"serverTime":{{nowMs()}}}""",
            "klines" => Damage(Rows(Number("startTime"), Number("endTime"), (int)Number("limit"), Kline)),
            "fundingRate" => Damage(Rows(Number("startTime"), Number("endTime"), (int)Number("limit"), t => Rate(query["symbol"]!, t))),
            _ => throw new InvalidOperationException($"{path} is not served here"),
        };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });

        long Number(string name) => long.Parse(query[name]!, CultureInfo.InvariantCulture);
    }

    private string Rows(long from, long to, int limit, Func<long, string> row) =>
        $"[{string.Join(',', openTimes.Where(t => t >= from && t <= to && t <= nowMs()).Take(Math.Min(limit, Most)).Select(row))}]";

    private string Kline(long open)
    {
        var price = (open / stepMs % 1_000) + 1;
        return $"""[{open},"{price}.5","{price + 1}","{price}","{price}.25","12.5",{open + stepMs - 1},"1",1,"1","1","0"]""";
    }

    private static string Rate(string symbol, long time) => $$"""{"symbol":"{{symbol}}","fundingTime":{{time}},"fundingRate":"0.0001","markPrice":""}""";
}
