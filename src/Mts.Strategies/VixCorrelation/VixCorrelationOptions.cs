using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.VixCorrelation;

/// <summary>What <see cref="VixCorrelationRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record VixCorrelationOptions
{
    private static readonly VixCorrelationOptions Default = new();

    public double LongCorrelation { get; init; } = -0.4;

    public double ShortCorrelation { get; init; } = 0.4;

    public int Lookback { get; init; } = 180;

    public IReadOnlyList<int> Windows { get; init; } = [14, 21, 30];

    public int MaxLag { get; init; } = 3;

    public int MinAgreeing { get; init; } = 2;

    public bool DynamicThresholds { get; init; }

    public double LongQuantile { get; init; } = 0.2;

    public double ShortQuantile { get; init; } = 0.8;

    public int BandRows { get; init; } = 10;

    public double BandWidth { get; init; } = 1.5;

    public int RocRows { get; init; } = 3;

    public double RocThreshold { get; init; } = 0.10;

    public double LongMinVix { get; init; } = 18;

    public double ShortMinVix { get; init; } = 20;

    public double LongMaxRsi { get; init; } = 55;

    public double ShortMinRsi { get; init; } = 45;

    public double MinMove { get; init; } = 0.03;

    public double Size { get; init; } = 0.02;

    public double HorizonDays { get; init; } = 14;

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("long_correlation", Default.LongCorrelation, -1, 1, false, "correlation of price and VIX at or below which to buy"),
        new("short_correlation", Default.ShortCorrelation, -1, 1, false, "correlation at or above which to sell short"),
        new("lookback", Default.Lookback, 10, 2_000, true, "rows that are looked at; a row is a day on which a VIX was published"),
        new("window_short", Default.Windows[0], 3, 1_000, true, "returns in the first correlation"),
        new("window_medium", Default.Windows[1], 3, 1_000, true, "returns in the second correlation"),
        new("window_long", Default.Windows[2], 3, 1_000, true, "returns in the third correlation"),
        new("max_lag", Default.MaxLag, 0, 30, true, "rows by which the VIX may lead"),
        new("min_agreeing", Default.MinAgreeing, 1, 3, true, "windows that must agree on a correlation"),
        new("dynamic_thresholds", 0, 0, 1, true, "1 takes the thresholds from quantiles of the past correlations"),
        new("long_quantile", Default.LongQuantile, 0, 1, false, "that quantile for buying"),
        new("short_quantile", Default.ShortQuantile, 0, 1, false, "that quantile for selling short"),
        new("band_rows", Default.BandRows, 2, 1_000, true, "rows in the mean of the VIX"),
        new("band_width", Default.BandWidth, 0, 10, false, "deviations from the mean that make a spike"),
        new("roc_rows", Default.RocRows, 1, 100, true, "rows over which the change of the VIX is taken"),
        new("roc_threshold", Default.RocThreshold, 0.0001, 10, false, "change that makes a spike, a fraction"),
        new("long_min_vix", Default.LongMinVix, 0, 100, false, "least VIX at which to buy"),
        new("short_min_vix", Default.ShortMinVix, 0, 100, false, "least VIX at which to sell short"),
        new("long_max_rsi", Default.LongMaxRsi, 0, 100, false, "highest relative strength index at which to buy"),
        new("short_min_rsi", Default.ShortMinRsi, 0, 100, false, "lowest relative strength index at which to sell short"),
        new("min_move", Default.MinMove, 0, 1, false, "least fall from the high to buy, or rise from the low to sell short, a fraction"),
        new("size", Default.Size, 0, 0.05, false, "position at a calm VIX and price, a fraction of equity"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static VixCorrelationOptions From(IReadOnlyDictionary<string, double> p) => new()
    {
        LongCorrelation = p["long_correlation"] <= p["short_correlation"]
            ? p["long_correlation"]
            : throw new ConfigurationException("strategy VixCorrelation: long_correlation must not exceed short_correlation."),
        ShortCorrelation = p["short_correlation"],
        Lookback = (int)p["lookback"],
        Windows = [(int)p["window_short"], (int)p["window_medium"], (int)p["window_long"]],
        MaxLag = (int)p["max_lag"],
        MinAgreeing = (int)p["min_agreeing"],
        DynamicThresholds = p["dynamic_thresholds"] > 0,
        LongQuantile = p["long_quantile"],
        ShortQuantile = p["short_quantile"],
        BandRows = (int)p["band_rows"],
        BandWidth = p["band_width"],
        RocRows = (int)p["roc_rows"],
        RocThreshold = p["roc_threshold"],
        LongMinVix = p["long_min_vix"],
        ShortMinVix = p["short_min_vix"],
        LongMaxRsi = p["long_max_rsi"],
        ShortMinRsi = p["short_min_rsi"],
        MinMove = p["min_move"],
        Size = p["size"],
        HorizonDays = p["horizon_days"],
    };
}
