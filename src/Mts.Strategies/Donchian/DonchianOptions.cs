using Mts.Core.Ports;

namespace Mts.Strategies.Donchian;

/// <summary>What <see cref="DonchianStrategy"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record DonchianOptions(int Entry = 20, int Exit = 10, int Atr = 20, double Stop = 2, bool SellsShort = false)
{
    private static readonly DonchianOptions Default = new();

    /// <summary>Bars that the longer channel takes.</summary>
    public int Longest => Math.Max(Entry, Exit);

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("entry", Default.Entry, 1, 10_000, true, "bars before the present one whose high is to be exceeded"),
        new("exit", Default.Exit, 1, 10_000, true, "bars before the present one whose low ends a long"),
        new("atr", Default.Atr, 1, 10_000, true, "bars in the average true range"),
        new("stop", Default.Stop, 0, 100, false, "distance of the stop in average true ranges, 0 for none; at least 0.01 otherwise"),
        new("short", 0, 0, 1, true, "1 sells short as well, the other way round"),
    ];

    public static DonchianOptions From(IReadOnlyDictionary<string, double> p) =>
        new((int)p["entry"], (int)p["exit"], (int)p["atr"], p["stop"], p["short"] > 0);
}
