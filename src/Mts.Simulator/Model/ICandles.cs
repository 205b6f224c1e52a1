namespace Mts.Simulator.Model;

/// <summary>Where the bars of one listing come from.</summary>
internal interface ICandles
{
    /// <summary>First moment with data.</summary>
    long FirstMs { get; }

    /// <summary>Nothing opens after it.</summary>
    long LastMs { get; }

    /// <summary>The price at a moment in the listing's units, or null before there is one.</summary>
    double? PriceAt(long ms);

    /// <summary>The bar of a bucket as it stands at <paramref name="nowMs"/>, finished or not; null where nothing was traded in it.</summary>
    Candle? Bar(Span span, long openMs, long nowMs);
}

/// <summary>The paging rules that all exchanges share, on top of a source.</summary>
internal static class CandlePages
{
    /// <summary>The oldest bars from <paramref name="fromMs"/> on, oldest first; both bounds are inclusive and mean open times.</summary>
    public static List<Candle> Forward(this ICandles source, Span span, long fromMs, long toMs, int limit, long nowMs)
    {
        var page = new List<Candle>(Math.Min(limit, 1024));
        var last = Math.Min(Math.Min(toMs, nowMs), source.LastMs);
        for (var open = span.Ceiling(Math.Max(fromMs, span.Floor(source.FirstMs))); open <= last && page.Count < limit; open = span.Next(open))
        {
            if (source.Bar(span, open, nowMs) is { } bar) page.Add(bar);
        }

        return page;
    }

    /// <summary>The newest bars at or before <paramref name="toMs"/> but not before <paramref name="fromMs"/>, newest first.</summary>
    public static List<Candle> Backward(this ICandles source, Span span, long fromMs, long toMs, int limit, long nowMs)
    {
        var page = new List<Candle>(Math.Min(limit, 1024));
        var first = Math.Max(fromMs, span.Floor(source.FirstMs));
        for (var open = span.Floor(Math.Min(Math.Min(toMs, nowMs), source.LastMs)); open >= first && page.Count < limit; open = span.Previous(open))
        {
            if (source.Bar(span, open, nowMs) is { } bar) page.Add(bar);
        }

        return page;
    }
}
