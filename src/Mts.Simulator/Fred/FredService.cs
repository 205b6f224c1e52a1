using Mts.Simulator.Http;
using Mts.Simulator.Macro;
using Mts.Simulator.Model;

namespace Mts.Simulator.Fred;

/// <summary>FRED's API v1 for single series, and its chart download. https://fred.stlouisfed.org/docs/api/fred/</summary>
internal sealed class FredService(MacroModel model, SimulatorOptions options) : IService
{
    private readonly MacroArchive archive = new(model);
    private readonly FixedWindow minute = new(options.Limits.FredPerMinute, Clock.Minute);

    public string Name => "fred";

    public Reply Answer(SimRequest request)
    {
        if (request.Path is "/graph/fredgraph.csv" or "/fredgraph.csv") return FredGraph.Answer(request, archive);
        var isJson = request.Parameters["file_type"] == "json";
        try
        {
            CheckKey(request);
            var (_, isOver, _) = minute.Take(options.FredKey, 1, request.NowMs);
            return isOver ? FredRefusal.Body(429, "Too Many Requests.  Exceeded Rate Limit", isJson) : Route(request, isJson);
        }
        catch (FredRefusal refusal)
        {
            return refusal.ToReply(isJson);
        }
    }

    public Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant)
    {
        var reply = FredRefusal.Body(429, "Too Many Requests.  Exceeded Rate Limit", isJson: true);
        return retryAfterSeconds is { } seconds ? reply.With("Retry-After", seconds.ToString()) : reply;
    }

    public Reply ServerError(int status, long nowMs) => FredRefusal.Body(status, "Internal Server Error", isJson: true);

    private void CheckKey(SimRequest request)
    {
        const string More = "Read https://fred.stlouisfed.org/docs/api/api_key.html for more information.";
        var key = request.Parameters["api_key"] ?? throw FredRefusal.Bad($"Variable api_key is not set.  {More}");
        if (key.Length != 32 || !key.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c)))
        {
            throw FredRefusal.Bad($"The value for variable api_key is not a 32 character alpha-numeric lower-case string.  {More}");
        }

        if (key != options.FredKey) throw FredRefusal.Bad($"The value for variable api_key is not registered.  {More}");
    }

    private Reply Route(SimRequest request, bool isJson)
    {
        var query = new FredQuery(request, archive);
        _ = query.OneOf("file_type", "xml", "xml", "json");
        var path = request.Path.StartsWith("/fred/", StringComparison.Ordinal) ? request.Path[5..] : request.Path;
        var document = path switch
        {
            "/series" => FredSeries.Series(query, archive, request.NowMs),
            "/series/vintagedates" => FredSeries.VintageDates(query, archive, request.NowMs),
            "/series/observations" => FredObservations.Answer(query, archive, request.NowMs),
            _ => null,
        };
        if (document is null) return FredRefusal.Body(404, "Not Found", isJson);
        return isJson ? new Reply(200, "application/json; charset=UTF-8", document.ToJson()) : new Reply(200, "text/xml; charset=UTF-8", document.ToXml());
    }
}
