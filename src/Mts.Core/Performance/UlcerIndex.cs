namespace Mts.Core.Performance;

/// <summary>How deep and how long equity was under water, in one figure.</summary>
public static class UlcerIndex
{
    /// <param name="equity">Above zero; the first value is the first peak.</param>
    /// <returns>√(Σ d² / n) of the drawdowns d from the highest value so far, a fraction; null below two points.</returns>
    /// <remarks>Martin and McCann, The Investor's Guide to Fidelity Funds, 1989; there in per cent.</remarks>
    public static double? Of(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2 || !(equity[0] > 0)) return null;
        var (peak, squares) = (equity[0], 0.0);
        foreach (var value in equity)
        {
            peak = Math.Max(peak, value);
            var drawdown = (peak - value) / peak;
            squares += drawdown * drawdown;
        }

        return Math.Sqrt(squares / equity.Length);
    }
}
