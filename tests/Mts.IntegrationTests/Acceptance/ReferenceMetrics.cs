namespace Mts.IntegrationTests.Acceptance;

/// <summary>The figures of an equity curve with a point a day, the capital first, as the textbook has them.</summary>
internal sealed record ReferenceMetrics(double TotalReturn, double Cagr, double Volatility, double Sharpe, double Sortino, double MaxDrawdown, int MaxDrawdownDays, double MeanEquity)
{
    public static ReferenceMetrics Of(IReadOnlyList<double> equity)
    {
        var returns = equity.Zip(equity.Skip(1), (a, b) => (b / a) - 1).ToList();
        var (n, mean, total) = (returns.Count, returns.Average(), equity[^1] / equity[0]);
        var deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (n - 1));
        var downside = Math.Sqrt(returns.Sum(r => r < 0 ? r * r : 0) / n);
        var (peak, peakDay, deepest, longest) = (equity[0], 0, 0.0, 0);
        for (var i = 1; i < equity.Count; i++)
        {
            if (equity[i] < peak)
            {
                deepest = Math.Max(deepest, 1 - (equity[i] / peak));
                if (i == equity.Count - 1) longest = Math.Max(longest, i - peakDay);
                continue;
            }

            // From the peak to the day on which it is reached again; a plateau is no fall.
            if (i - peakDay > 1) longest = Math.Max(longest, i - peakDay);
            (peak, peakDay) = (equity[i], i);
        }

        return new ReferenceMetrics(
            total - 1, Math.Pow(total, 365.0 / n) - 1, deviation * Math.Sqrt(365), mean / deviation * Math.Sqrt(365), mean / downside * Math.Sqrt(365), deepest, longest, equity.Average());
    }
}
