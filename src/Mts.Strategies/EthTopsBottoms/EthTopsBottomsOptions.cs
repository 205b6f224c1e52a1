using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.EthTopsBottoms;

/// <summary>What <see cref="EthTopsBottomsRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record EthTopsBottomsOptions(
    int Rows = 20, double Nearness = 0.02, double High = 70, double Low = 30, double MinConfidence = 0.6,
    double Size = 0.02, double Stop = 0.05, double Target = 0.1, double HorizonDays = 14)
{
    private static readonly EthTopsBottomsOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("rows", Default.Rows, 5, 1_000, true, "bars in whose highs and lows the close is to be an extreme, itself among them"),
        new("nearness", Default.Nearness, 0, 0.5, false, "how near to the extreme, a fraction of it"),
        new("high", Default.High, 0, 100, false, "relative strength index above which there may be a top, more than low"),
        new("low", Default.Low, 0, 100, false, "relative strength index below which there may be a bottom"),
        new("min_confidence", Default.MinConfidence, 0, 1, false, "patterns below are dropped"),
        new("size", Default.Size, 0, 0.05, false, "position at full confidence, a fraction of equity"),
        new("stop", Default.Stop, 0.0001, 0.99, false, "distance of the stop, a fraction of the price"),
        new("target", Default.Target, 0.0001, 10, false, "distance of the target, a fraction of the price"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static EthTopsBottomsOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (!(p["low"] < p["high"])) throw new ConfigurationException($"strategy EthTopsBottoms: low = {p["low"]} must be less than high = {p["high"]}.");
        return new EthTopsBottomsOptions(
            (int)p["rows"], p["nearness"], p["high"], p["low"], p["min_confidence"], p["size"], p["stop"], p["target"], p["horizon_days"]);
    }
}
