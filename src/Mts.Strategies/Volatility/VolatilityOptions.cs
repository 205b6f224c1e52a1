using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.Volatility;

/// <summary>What <see cref="VolatilityRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record VolatilityOptions(
    int Lookback = 100, double Percentile = 75, double ExtremePercentile = 95, double MinConfidence = 0.6, double Size = 0.02,
    double Stop = 0.02, double Target = 0.04, double DaysPerYear = 365, double HorizonDays = 7)
{
    private static readonly VolatilityOptions Default = new();

    /// <summary>Returns behind one figure of volatility: a twentieth of the lookback, at least 5.</summary>
    public int Window => Math.Max(5, Lookback / 20);

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("lookback", Default.Lookback, 20, 10_000, true, "bars whose volatility is compared"),
        new("percentile", Default.Percentile, 0, 100, false, "percentile of the volatility above which to buy"),
        new("extreme_percentile", Default.ExtremePercentile, 0, 100, false, "percentile above which to sell short, at least percentile"),
        new("min_confidence", Default.MinConfidence, 0, 1, false, "signals below are dropped"),
        new("size", Default.Size, 0, 0.05, false, "position at full strength and confidence, a fraction of equity"),
        new("stop", Default.Stop, 0.0001, 0.33, false, "least distance of the stop, a fraction of the price; up to three times as far at high volatility"),
        new("target", Default.Target, 0.0001, 0.33, false, "least distance of the target, likewise"),
        new("days_per_year", Default.DaysPerYear, 1, 366, false, "trading days in a year, for the annualised figure"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static VolatilityOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (p["percentile"] > p["extreme_percentile"])
            throw new ConfigurationException($"strategy Volatility: percentile = {p["percentile"]} must not exceed extreme_percentile = {p["extreme_percentile"]}.");
        return new VolatilityOptions(
            (int)p["lookback"], p["percentile"], p["extreme_percentile"], p["min_confidence"], p["size"], p["stop"], p["target"], p["days_per_year"], p["horizon_days"]);
    }
}
