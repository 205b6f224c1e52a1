namespace Mts.Simulator.Fred;

/// <summary>FRED's transformations of a series.</summary>
internal static class FredUnits
{
    public static readonly string[] Names = ["lin", "chg", "ch1", "pch", "pc1", "pca", "cch", "cca", "log"];

    /// <param name="rows">In order of observation.</param>
    /// <param name="units">One of <see cref="Names"/>.</param>
    /// <param name="perYear">Observations per year.</param>
    public static List<Known> Transform(List<Known> rows, string units, int perYear)
    {
        if (units == "lin") return rows;
        var lag = units is "ch1" or "pc1" ? perYear : 1;
        // Changes compare what stood at the end of the real-time period; FRED leaves them undefined where there is nothing to compare.
        var last = rows.Select(r => r.Spells[^1].Value).ToArray();
        return [.. rows.Select((row, i) => row with { Spells = [.. row.Spells.Select(s => s with { Value = Value(units, s.Value, i >= lag ? last[i - lag] : null, perYear) })] })];
    }

    private static double? Value(string units, double? value, double? before, int perYear) => units switch
    {
        "chg" or "ch1" => value - before,
        "pch" or "pc1" => ((value / before) - 1) * 100,
        "pca" => value is { } v && before is { } b ? (Math.Pow(v / b, perYear) - 1) * 100 : null,
        "cch" => value is { } v && before is { } b ? Math.Log(v / b) * 100 : null,
        "cca" => value is { } v && before is { } b ? Math.Log(v / b) * 100 * perYear : null,
        _ => value is { } v and > 0 ? Math.Log(v) : null,
    };
}
