namespace Mts.Simulator.Model;

/// <summary>Pages of aggregated trades.</summary>
internal static class TapePages
{
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
