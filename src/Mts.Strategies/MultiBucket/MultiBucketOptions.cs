using Mts.Core.Ports;

namespace Mts.Strategies.MultiBucket;

/// <summary>What the buckets take; see <see cref="Specs"/> for units.</summary>
internal sealed record MultiBucketOptions(
    int ZRows = 180, double MomentumSize = 0.02, double ResidualSize = 0.01, double ReversionSize = 0.01, double PairSize = 0.02,
    int MaxPairs = 3, int HoldRows = 7, double Stop = 0.05)
{
    private static readonly MultiBucketOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("z_rows", Default.ZRows, 20, 2_000, true, "earlier momenta that the present one is measured against"),
        new("momentum_size", Default.MomentumSize, 0, 0.2, false, "position of the momentum bucket at full confidence and leverage, a fraction of equity; 0 for none"),
        new("residual_size", Default.ResidualSize, 0, 0.2, false, "position of the residual bucket, likewise"),
        new("reversion_size", Default.ReversionSize, 0, 0.2, false, "position of the mean reversion bucket, likewise"),
        new("pair_size", Default.PairSize, 0, 0.2, false, "both legs of a pair together, likewise"),
        new("max_pairs", Default.MaxPairs, 0, 100, true, "pairs held at a time"),
        new("hold_rows", Default.HoldRows, 1, 1_000, true, "rows for which a bucket's view stands after it was last taken"),
        new("stop", Default.Stop, 0.0001, 0.99, false, "distance of the stop, a fraction of the price"),
    ];

    /// <summary>Rows before the first views; momentum has more to wait for.</summary>
    public const int WarmUp = ReturnRows + 1;

    /// <summary>Returns in regressions and in the longest correlation.</summary>
    public const int ReturnRows = 60;

    /// <summary>Closes that the longest momentum needs for its z.</summary>
    public int Closes => ZRows + 30 + 1;

    public static MultiBucketOptions From(IReadOnlyDictionary<string, double> p) => new(
        (int)p["z_rows"], p["momentum_size"], p["residual_size"], p["reversion_size"], p["pair_size"], (int)p["max_pairs"], (int)p["hold_rows"], p["stop"]);
}
