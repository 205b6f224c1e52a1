using Mts.Core.Ports;

namespace Mts.Strategies.MeanReversion;

/// <summary>What the formula of <see cref="MeanReversionRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record MeanReversionOptions(
    double VixThreshold = 20, double DrawdownThreshold = 0.07, int Lookback = 14, int HighRows = 14, double Size = 0.025, double HorizonDays = 14)
{
    private static readonly MeanReversionOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("vix_threshold", Default.VixThreshold, 0, 100, false, "VIX above which fear counts, index points"),
        new("drawdown_threshold", Default.DrawdownThreshold, 0, 0.99, false, "fall from the high that counts, a fraction"),
        new("lookback", Default.Lookback, 5, 2_000, true, "rows that are looked at; a row is a day on which a VIX was published"),
        new("high_rows", Default.HighRows, 1, 2_000, true, "rows among which the high is sought"),
        new("size", Default.Size, 0, 0.05, false, "position at full confidence and a calm VIX, a fraction of equity"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static MeanReversionOptions From(IReadOnlyDictionary<string, double> p) => new(
        p["vix_threshold"], p["drawdown_threshold"], (int)p["lookback"], (int)p["high_rows"], p["size"], p["horizon_days"]);
}
