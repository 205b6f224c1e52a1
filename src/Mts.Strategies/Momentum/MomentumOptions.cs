using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.Momentum;

/// <summary>What <see cref="MomentumRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record MomentumOptions(
    int Fast = 10, int Slow = 30, int Rsi = 14, double Threshold = 0.01, double MaxRsi = 70, double MinRsi = 30,
    double Size = 0.02, double Stop = 0.05, double Target = 0.15, double HorizonDays = 30)
{
    private static readonly MomentumOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("fast", Default.Fast, 1, 10_000, true, "bars in the fast mean"),
        new("slow", Default.Slow, 2, 10_000, true, "bars in the slow mean, more than fast"),
        new("rsi", Default.Rsi, 2, 1_000, true, "changes in the relative strength index"),
        new("threshold", Default.Threshold, 0, 1, false, "distance of the means that counts, a fraction of the slow one"),
        new("max_rsi", Default.MaxRsi, 0, 100, false, "highest index at which to buy"),
        new("min_rsi", Default.MinRsi, 0, 100, false, "lowest index at which to sell short"),
        new("size", Default.Size, 0, 0.05, false, "position at no distance, a fraction of equity"),
        new("stop", Default.Stop, 0.0001, 0.99, false, "distance of the stop, a fraction of the price"),
        new("target", Default.Target, 0.0001, 10, false, "distance of the target, a fraction of the price"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static MomentumOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (!(p["fast"] < p["slow"])) throw new ConfigurationException($"strategy Momentum: fast = {p["fast"]} must be less than slow = {p["slow"]}.");
        return new MomentumOptions(
            (int)p["fast"], (int)p["slow"], (int)p["rsi"], p["threshold"], p["max_rsi"], p["min_rsi"], p["size"], p["stop"], p["target"], p["horizon_days"]);
    }
}
