using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.MultiFactor;

/// <summary>What <see cref="MultiFactorRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record MultiFactorOptions(
    double Beta = 1, int MinReadings = 2, double Threshold = 0.3, double Strong = 0.6, double Size = 0.02, double Stop = 0.05, double Target = 0.1, double HorizonDays = 14)
{
    private static readonly MultiFactorOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("beta", Default.Beta, 0, 3, false, "what the macro score counts for; 0.9 for steady assets to 1.3 for lively ones"),
        new("min_readings", Default.MinReadings, 1, 4, true, "macro readings that are not neutral, without which the score is 0"),
        new("threshold", Default.Threshold, 0, 1, false, "composite beyond which to trade, less than strong"),
        new("strong", Default.Strong, 0, 1, false, "composite beyond which the signal is a strong one"),
        new("size", Default.Size, 0, 0.05, false, "position at a full composite, a fraction of equity"),
        new("stop", Default.Stop, 0.0001, 0.99, false, "distance of the stop, a fraction of the price"),
        new("target", Default.Target, 0.0001, 10, false, "distance of the target, a fraction of the price"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static MultiFactorOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (!(p["threshold"] < p["strong"])) throw new ConfigurationException($"strategy MultiFactor: threshold = {p["threshold"]} must be less than strong = {p["strong"]}.");
        return new MultiFactorOptions(p["beta"], (int)p["min_readings"], p["threshold"], p["strong"], p["size"], p["stop"], p["target"], p["horizon_days"]);
    }
}
