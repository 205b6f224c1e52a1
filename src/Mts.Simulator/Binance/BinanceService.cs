using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>What Binance's two faces share: weights before anything else, weight headers on every answer, errors in one shape.</summary>
internal abstract class BinanceService(Exchange exchange, Venue venue, BinanceLimits limits) : IService
{
    public abstract string Name { get; }

    protected Exchange Exchange { get; } = exchange;

    protected Venue Venue { get; } = venue;

    public Reply Answer(SimRequest request)
    {
        var (weight, answer) = Route(request);
        var (used, refusal) = limits.Charge(request.Client, weight, request.NowMs);
        var reply = refusal ?? Run(request, answer);
        if (Venue == Venue.BinanceSpot) reply.With("X-MBX-USED-WEIGHT", used.ToString());
        return reply.With("X-MBX-USED-WEIGHT-1M", used.ToString());
    }

    public Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant) => limits.TooMuch(retryAfterSeconds);

    public Reply ServerError(int status, long nowMs) => status == 504
        ? BinanceRefusal.Reply(504, -1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.")
        : BinanceRefusal.Reply(status, -1000, "An unknown error occurred while processing the request.");

    /// <summary>The weight of a request and what answers it; null where there is no such path.</summary>
    protected abstract (int Weight, Func<BinanceQuery, Reply>? Answer) Route(SimRequest request);

    protected static int LimitOf(SimRequest request, int usual) => int.TryParse(request.Parameters["limit"], out var limit) ? limit : usual;

    protected static byte[] TimeBody(BinanceQuery query, long nowMs) => Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteNumber("serverTime", query.InMicroseconds ? nowMs * 1_000 : nowMs);
        w.WriteEndObject();
    });

    protected IReadOnlyList<Market> ListedAt(long nowMs) => [.. Exchange.At(Venue).Where(m => m.Listing.ListedMs <= nowMs)];

    private Reply Run(SimRequest request, Func<BinanceQuery, Reply>? answer)
    {
        if (answer is null) return Reply.Text(404, "text/html", "<html><body><h2>404 Not found</h2></body></html>");
        try
        {
            return answer(new BinanceQuery(request, Exchange, Venue));
        }
        catch (RefusalException refusal)
        {
            return refusal.Reply;
        }
    }
}
