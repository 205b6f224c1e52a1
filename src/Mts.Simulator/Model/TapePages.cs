using Mts.Simulator.Live;

namespace Mts.Simulator.Model;

/// <summary>Pages of aggregated trades: the model's up to the moment the market became live, then its own.</summary>
internal static class TapePages
{
    /// <summary>Oldest first from a moment on; both bounds are inclusive.</summary>
    public static List<Tape> Trades(this Market market, long fromMs, long toMs, int limit, long nowMs)
    {
        var page = market.Model?.Forward(fromMs, toMs, limit, Math.Min(nowMs, LiveMs(market))) ?? [];
        if (market.Live is { } live) AddLive(page, live, limit, t => t.TimeMs >= fromMs && t.TimeMs <= toMs);
        return page;
    }

    /// <summary>Oldest first from a number on.</summary>
    public static List<Tape> TradesFrom(this Market market, long id, int limit, long nowMs)
    {
        var page = market.Live is { } started && id >= started.FirstTape ? [] : market.Model?.FromId(id, limit, Math.Min(nowMs, LiveMs(market))) ?? [];
        if (market.Live is { } live) AddLive(page, live, limit, t => t.Id >= id, Math.Max(live.OldestTape, id));
        return page;
    }

    /// <summary>The newest at or before a moment, oldest first.</summary>
    public static List<Tape> NewestTrades(this Market market, long toMs, int limit, long nowMs)
    {
        var page = new List<Tape>();
        if (market.Live is { } live)
        {
            AddLive(page, live, int.MaxValue, t => t.TimeMs <= toMs);
            if (page.Count > limit) page.RemoveRange(0, page.Count - limit);
        }

        if (page.Count < limit && market.Model is { } model) page.InsertRange(0, model.Newest(toMs, limit - page.Count, Math.Min(nowMs, LiveMs(market))));
        return page;
    }

    /// <summary>Oldest first from a moment on; both bounds are inclusive.</summary>
    public static List<Tape> Forward(this ModelCandles source, long fromMs, long toMs, int limit, long nowMs) =>
        Collect(source, Minute(Math.Max(fromMs, source.FirstMs)), Math.Min(toMs, nowMs - 1), limit, t => t.TimeMs >= fromMs);

    /// <summary>Oldest first from a number on.</summary>
    public static List<Tape> FromId(this ModelCandles source, long id, int limit, long nowMs) =>
        Collect(source, source.FirstMs + (Math.Max(0, id) / MinuteTape.PerMinute * Clock.Minute), nowMs - 1, limit, t => t.Id >= id);

    /// <summary>The newest at or before a moment, oldest first.</summary>
    public static List<Tape> Newest(this ModelCandles source, long toMs, int limit, long nowMs)
    {
        var last = Math.Min(toMs, nowMs - 1);
        var from = Math.Max(source.FirstMs, Minute(last) - ((1 + (limit / MinuteTape.PerMinute)) * Clock.Minute));
        var page = Collect(source, from, last, int.MaxValue, static _ => true);
        return page.Count <= limit ? page : page.GetRange(page.Count - limit, limit);
    }

    private static long LiveMs(Market market) => market.Live is { } live ? live.StartMicros / 1_000 : long.MaxValue;

    private static void AddLive(List<Tape> page, LiveMarket live, int limit, Func<Tape, bool> wanted, long from = long.MinValue)
    {
        for (var id = Math.Max(from, live.OldestTape); id < live.NextTape && page.Count < limit; id++)
        {
            if (live.TapeAt(id) is var trade && wanted(trade)) page.Add(trade);
        }
    }

    private static long Minute(long ms) => Clock.FloorDiv(ms, Clock.Minute) * Clock.Minute;

    private static List<Tape> Collect(ModelCandles source, long minute, long lastMs, int limit, Func<Tape, bool> wanted)
    {
        var page = new List<Tape>();
        for (; minute <= lastMs && page.Count < limit; minute += Clock.Minute)
        {
            foreach (var trade in source.Trades(minute))
            {
                if (trade.TimeMs <= lastMs && page.Count < limit && wanted(trade)) page.Add(trade);
            }
        }

        return page;
    }
}
