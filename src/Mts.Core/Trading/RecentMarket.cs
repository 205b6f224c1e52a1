namespace Mts.Core.Trading;

/// <summary>How a market was before a moment, in figures of one bar.</summary>
/// <param name="Volatility">Root of the mean squared return from close to close, a fraction.</param>
/// <param name="Notional">Mean of close × volume, quote units.</param>
public readonly record struct RecentMarket(double Volatility, double Notional)
{
    /// <summary>How many bars are looked at.</summary>
    public const int Bars = 20;

    /// <summary>Of the last <see cref="Bars"/> bars.</summary>
    /// <param name="closes">Of closed bars, oldest first.</param>
    /// <param name="volumes">Beside them, base units.</param>
    /// <returns>Null with fewer than two bars, or where nothing was traded.</returns>
    public static RecentMarket? Of(ReadOnlySpan<double> closes, ReadOnlySpan<double> volumes)
    {
        var first = Math.Max(0, closes.Length - Bars);
        var (squares, notional) = (0.0, 0.0);
        for (var i = first; i < closes.Length; i++)
        {
            notional += closes[i] * volumes[i];
            if (i == first) continue;
            var change = (closes[i] / closes[i - 1]) - 1;
            squares += change * change;
        }

        var count = closes.Length - first;
        return count < 2 || !(notional > 0) ? null : new RecentMarket(Math.Sqrt(squares / (count - 1)), notional / count);
    }
}
