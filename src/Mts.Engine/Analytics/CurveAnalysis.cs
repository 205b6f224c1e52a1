using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>What the daily returns of a run say beyond its <see cref="PerformanceReport"/>. Fractions of one day unless said otherwise; null where undefined.</summary>
public sealed record CurveAnalysis
{
    private const double DaysPerYear = 365;

    public double? Omega { get; private init; }

    public double? Ulcer { get; private init; }

    /// <summary>Historical, 95 %; positive is a loss.</summary>
    public double? ValueAtRisk { get; private init; }

    public double? ConditionalValueAtRisk { get; private init; }

    public double? Skew { get; private init; }

    /// <summary>3 for a normal distribution.</summary>
    public double? Kurtosis { get; private init; }

    /// <summary>Per year, against buy and hold.</summary>
    public double? Alpha { get; private init; }

    public double? Beta { get; private init; }

    /// <summary>Per year, against buy and hold.</summary>
    public double? InformationRatio { get; private init; }

    /// <summary>Per year, against buy and hold.</summary>
    public double? TrackingError { get; private init; }

    public double? BestDay { get; private init; }

    public double? WorstDay { get; private init; }

    /// <summary>Share of the days below an earlier peak.</summary>
    public double? TimeUnderWater { get; private init; }

    /// <summary>Probability that the true Sharpe ratio lies above 0.</summary>
    public double? ProbabilisticSharpe { get; private init; }

    /// <summary>Days after which a record with these returns would be trusted at 95 %.</summary>
    public double? MinTrackRecordDays { get; private init; }

    internal static CurveAnalysis Of(IReadOnlyList<EquityPoint> daily, double[] returns, double[] benchmark)
    {
        var equity = DailyCurve.Values(daily);
        var shape = ReturnShape.Of(returns);
        var regression = MarketRegression.Of(returns, benchmark, DaysPerYear);
        var active = ActiveReturn.Of(returns, benchmark, DaysPerYear);
        return new CurveAnalysis
        {
            Omega = OmegaRatio.Of(returns),
            Ulcer = UlcerIndex.Of(equity),
            ValueAtRisk = Core.Performance.ValueAtRisk.Of(returns),
            ConditionalValueAtRisk = Core.Performance.ConditionalValueAtRisk.Of(returns),
            Skew = shape?.Skew,
            Kurtosis = shape?.Kurtosis,
            Alpha = regression?.Alpha,
            Beta = regression?.Beta,
            InformationRatio = active?.InformationRatio,
            TrackingError = active?.TrackingError,
            BestDay = returns.Length == 0 ? null : returns.Max(),
            WorstDay = returns.Length == 0 ? null : returns.Min(),
            TimeUnderWater = Core.Performance.TimeUnderWater.Of(equity),
            ProbabilisticSharpe = shape is { } s ? ProbabilisticSharpeRatio.Of(s) : null,
            MinTrackRecordDays = shape is { } t ? MinTrackRecordLength.Of(t) : null,
        };
    }
}
