using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>Sharpe ratio, volatility and beta of the days before each day. Per year of 365 days; NaN before there are enough.</summary>
internal sealed record RollingFigures(IReadOnlyList<EquityPoint> Sharpe, IReadOnlyList<EquityPoint> Volatility, IReadOnlyList<EquityPoint> Beta)
{
    private const int MostPoints = 1_000;
    private const double DaysPerYear = 365;

    /// <param name="analysis">Daily curves and returns.</param>
    /// <param name="window">Days, 2 or more.</param>
    /// <param name="from">The first day that is asked for.</param>
    /// <returns>Of every day, or of every second, third and so on where there are more than a thousand.</returns>
    public static RollingFigures Of(RunAnalysis analysis, int window, int from)
    {
        var (returns, market) = (analysis.Returns, analysis.BenchmarkReturns);
        var (sharpe, volatility, beta) = (new List<EquityPoint>(), new List<EquityPoint>(), new List<EquityPoint>());
        var step = 1 + ((returns.Length - from) / MostPoints);
        for (var end = from; end <= returns.Length; end += step)
        {
            var time = analysis.Daily[end].Time;
            var isFull = end >= window;
            var part = isFull ? returns.AsSpan(end - window, window) : [];
            sharpe.Add(new EquityPoint(time, SharpeRatio.Of(part, DaysPerYear) ?? double.NaN));
            volatility.Add(new EquityPoint(time, Core.Performance.Volatility.Of(part, DaysPerYear) ?? double.NaN));
            var regression = isFull && market.Length == returns.Length ? MarketRegression.Of(part, market.AsSpan(end - window, window), DaysPerYear) : null;
            beta.Add(new EquityPoint(time, regression?.Beta ?? double.NaN));
        }

        return new RollingFigures(sharpe, volatility, beta);
    }
}
