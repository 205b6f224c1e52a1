using Mts.Core.Indicators;

namespace Mts.Strategies.VixCorrelation;

/// <summary>Everything the formula looks at, at the newest row.</summary>
/// <param name="Price">Close.</param>
/// <param name="Vix">The index.</param>
/// <param name="Percentile">Rank of the VIX among the rows, 0 to 100.</param>
/// <param name="Mean">Of the last VIX values, the newest among them.</param>
/// <param name="Deviation">Their sample deviation.</param>
/// <param name="Z">Distance of the VIX from the mean in deviations; null where it does not vary.</param>
/// <param name="Change">Of the VIX over a few rows, a fraction; null where there are too few rows.</param>
/// <param name="Rsi">Of 14 changes over simple means; 50 below 15 rows.</param>
/// <param name="Drawdown">Fall from the 14-row high, a fraction.</param>
/// <param name="Drawup">Rise from the 14-row low, a fraction.</param>
/// <param name="Volatility">Sample deviation of up to 14 returns, per row.</param>
/// <param name="Correlations">Of the returns of price and VIX.</param>
internal sealed record VixFigures(
    double Price, double Vix, double Percentile, double Mean, double Deviation, double? Z, double? Change,
    double Rsi, double Drawdown, double Drawup, double Volatility, LaggedCorrelations Correlations)
{
    private const int MinRows = 10;
    private const int Window = 14;

    /// <returns>Null below ten rows.</returns>
    public static VixFigures? Of(ReadOnlySpan<VixRow> rows, VixCorrelationOptions options)
    {
        if (rows.Length < MinRows) return null;
        var (closes, vix) = (new double[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++) (closes[i], vix[i]) = (rows[i].Close, rows[i].Vix);
        var (returns, changes) = (Returns(closes), Returns(vix));
        var (high, low) = Extremes(rows[^Math.Min(Window, rows.Length)..]);
        var band = vix.AsSpan()[^Math.Min(options.BandRows, vix.Length)..];
        var (mean, deviation, last) = (MeanOf(band), RollingStdDev.Of(band)!.Value, closes[^1]);
        return new VixFigures(
            last, vix[^1], PercentileRank.Of(vix, vix[^1])!.Value, mean, deviation, ZScore.Of(vix[^1], mean, deviation),
            vix.Length > options.RocRows ? (vix[^1] / vix[^(options.RocRows + 1)]) - 1 : null,
            RsiSimple.Of(closes), (high - last) / high, (last - low) / low,
            RollingStdDev.Of(returns.AsSpan()[^Math.Min(Window, returns.Length)..])!.Value,
            LaggedCorrelations.Of(returns, changes, options));
    }

    private static double[] Returns(double[] values)
    {
        var returns = new double[values.Length - 1];
        for (var i = 0; i < returns.Length; i++) returns[i] = (values[i + 1] / values[i]) - 1;
        return returns;
    }

    private static (double High, double Low) Extremes(ReadOnlySpan<VixRow> rows)
    {
        var (high, low) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var row in rows) (high, low) = (Math.Max(high, row.High), Math.Min(low, row.Low));
        return (high, low);
    }

    private static double MeanOf(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
