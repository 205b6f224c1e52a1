using System.Globalization;
using Mts.Core.Analysis;

namespace Mts.Cli.Commands.Analysis;

/// <summary>What a reader of the correlations should be told in words.</summary>
internal static class CorrelationNotes
{
    /// <summary>Share of the shifts told of that may be chance.</summary>
    private const double Level = 0.05;

    public static IReadOnlyList<string> Of(CorrelationMosaic mosaic)
    {
        var notes = new List<string>();
        if (mosaic.Regime is { } regime)
            notes.Add(Text($"the markets are {regime}: mean correlation {mosaic.Average:0.00} over {mosaic.Window} returns, {mosaic.StrongShare * 100:0} % of the pairs strong, {mosaic.WeakShare * 100:0} % weak"));
        foreach (var pair in mosaic.Pairs.Where(p => p.Shift is { } s && s.AdjustedPValue < Level).OrderBy(p => p.Shift!.PValue))
        {
            var s = pair.Shift!;
            var word = Math.Abs(s.Now - s.Before) > 0.5 ? "has broken with" : "has moved from";
            notes.Add(Text($"{pair.Name} {word} its past: {s.Now:0.00} over {s.Window} returns, {s.Before:0.00} over the {s.Baseline} before (corrected p {s.AdjustedPValue:0.000})"));
        }

        foreach (var pair in mosaic.Pairs.Where(p => p.Opportunity is not null && !p.IsMacro).OrderBy(p => p.Name, StringComparer.Ordinal))
            notes.Add(Text($"{pair.Name}: {pair.Opportunity}, {pair.Windows[^1].R:0.00} over {pair.Windows[^1].Window} returns"));
        var few = mosaic.Pairs.Where(p => p.Windows[^1].R is null).Select(p => p.Name).ToList();
        if (few.Count > 0) notes.Add($"too little shared history for the longest window: {string.Join(", ", few)}");
        return notes;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
