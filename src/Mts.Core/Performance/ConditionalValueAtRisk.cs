namespace Mts.Core.Performance;

/// <summary>The mean of the losses that are at least <see cref="ValueAtRisk"/>.</summary>
public static class ConditionalValueAtRisk
{
    /// <param name="returns">Per period.</param>
    /// <param name="level">As in <see cref="ValueAtRisk"/>.</param>
    /// <returns>Positive is a loss; null below 20 returns.</returns>
    /// <remarks>Rockafellar and Uryasev, Optimization of Conditional Value-at-Risk, J. Risk 2(3), 2000; here of the sample.</remarks>
    public static double? Of(ReadOnlySpan<double> returns, double level = 0.95)
    {
        if (ValueAtRisk.Of(returns, level) is not { } threshold) return null;
        var (sum, count) = (0.0, 0);
        foreach (var r in returns)
        {
            if (r > -threshold) continue;
            sum += r;
            count++;
        }

        return -sum / count;
    }
}
