using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>A value and the part of the real-time period in which it was current; whether it became current inside the period, not before.</summary>
internal sealed record KnownSpell(DateOnly Start, DateOnly End, double? Value, bool BeginsInside);

/// <summary>A row as it was known in a real-time period.</summary>
/// <param name="Day">The observation.</param>
/// <param name="Spells">Its values, oldest first.</param>
/// <param name="IsFirstInside">The first of them is the first ever.</param>
internal sealed record Known(DateOnly Day, IReadOnlyList<KnownSpell> Spells, bool IsFirstInside)
{
    public static Known Of(MacroRow row, ReadOnlySpan<(DateOnly Start, DateOnly End)> periods)
    {
        var spells = new List<KnownSpell>();
        foreach (var (start, end) in periods)
        {
            for (var i = 0; i < row.Vintages.Count; i++)
            {
                var vintage = row.Vintages[i];
                var until = i + 1 < row.Vintages.Count ? row.Vintages[i + 1].From.AddDays(-1) : FredQuery.Forever;
                if (vintage.From > end || until < start) continue;
                var begin = vintage.From > start ? vintage.From : start;
                spells.Add(new KnownSpell(begin, until < end ? until : end, vintage.Value, vintage.From >= start));
            }
        }

        return new Known(row.Day, spells, spells.Count > 0 && spells[0].BeginsInside && spells[0].Start == row.Vintages[0].From);
    }
}
