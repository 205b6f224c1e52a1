using System.Globalization;

namespace Mts.Core.Analysis;

/// <summary>What the figures of a macro series are called. A figure that is undefined has no name.</summary>
/// <remarks>Each threshold belongs to the name further from the usual: a z-score of exactly 2 is extreme fear.</remarks>
public static class MacroRegimes
{
    public static IReadOnlyList<MacroRegime> Of(string seriesId, double value, IReadOnlyDictionary<int, double?> changes, IReadOnlyDictionary<int, double?> scores)
    {
        var (z30, change7, change30) = (scores.GetValueOrDefault(30), changes.GetValueOrDefault(7), changes.GetValueOrDefault(30));
        return seriesId switch
        {
            "VIXCLS" => Named(Z("sentiment", z30, Fear), Momentum(change7)),
            "DTWEXBGS" or "DX-Y.NYB" => Named(Percent("dollar", change7, 7, Dollar)),
            "DGS10" => Named(Z("yields", z30, static z => z >= 1.5 ? "high" : z <= -1.5 ? "low" : "normal")),
            "DFF" => Named(Percent("policy_rate", change30, 30, static c => Math.Abs(c) < 0.001 ? "compressed" : c > 0 ? "rising" : "falling", "compressed")),
            "BAMLH0A0HYM2" => Named(Z("credit", z30, Credit)),
            "SOFR" => Named(Percent("money_market", change7, 7, static c => Math.Abs(c) < 0.001 ? "stable" : c > 0 ? "tightening" : "easing", "stable")),
            "T10Y2Y" or "T10Y3M" => Named(new MacroRegime("curve", value < 0 ? "inverted" : "normal", value < 0, Invariant($"{value:0.##} points"))),
            _ => [],
        };
    }

    private static string Fear(double z) => z switch
    {
        >= 2 => "extreme_fear",
        >= 1 => "fear",
        >= -1 => "neutral",
        >= -2 => "greed",
        _ => "extreme_greed",
    };

    private static string Credit(double z) => z switch
    {
        >= 1.5 => "stress",
        >= 0.5 => "caution",
        >= -0.5 => "normal",
        _ => "greed",
    };

    private static string Dollar(double change) => change switch
    {
        >= 0.02 => "strong_rise",
        >= 0.01 => "rise",
        > -0.01 => "steady",
        > -0.02 => "fall",
        _ => "strong_fall",
    };

    private static MacroRegime? Momentum(double? change) => Percent("fear_momentum", change, 7, static c => Math.Abs(c) switch
    {
        < 0.02 => "steady",
        < 0.05 => c > 0 ? "slight_rise" : "slight_fall",
        < 0.10 => c > 0 ? "rise" : "fall",
        _ => c > 0 ? "spike" : "collapse",
    });

    private static MacroRegime? Z(string kind, double? z, Func<double, string> name) =>
        z is { } v ? Make(kind, name(v), Invariant($"{v:+0.00;−0.00} deviations from the mean of the 30 values before")) : null;

    private static MacroRegime? Percent(string kind, double? change, int days, Func<double, string> name, string usual = "steady") =>
        change is { } c ? Make(kind, name(c), Invariant($"{c * 100:+0.00;−0.00} % in {days} days"), usual) : null;

    private static MacroRegime Make(string kind, string name, string reason, string usual = "") =>
        new(kind, name, name != usual && name is not ("neutral" or "normal" or "steady" or "slight_rise" or "slight_fall"), reason);

    private static IReadOnlyList<MacroRegime> Named(params MacroRegime?[] regimes) => [.. regimes.OfType<MacroRegime>()];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
