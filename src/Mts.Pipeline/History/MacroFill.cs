using Mts.Core.Market;

namespace Mts.Pipeline.History;

/// <summary>How days without a value are filled.</summary>
public enum MacroFillKind
{
    /// <summary>Days without a value stay without one.</summary>
    None,

    /// <summary>The last value before is carried forward.</summary>
    Forward,

    /// <summary>A straight line between the values before and after.</summary>
    Interpolate,
}

/// <summary>Fills days without a value, on request, flagged, and never with anything that was not known yet.</summary>
/// <param name="Kind">How.</param>
/// <param name="MaxDays">Longest run of calendar days that is filled; a longer one stays a gap.</param>
public readonly record struct MacroFill(MacroFillKind Kind, int MaxDays = 5)
{
    /// <returns>Observations for the calendar days between two values that have none, flagged. A carried value is known when its
    /// day begins (or its source, if later); an interpolated one only with the later of its two values.</returns>
    public IReadOnlyList<MacroObservation> Apply(IReadOnlyList<MacroObservation> observations)
    {
        var filled = new List<MacroObservation>();
        if (Kind == MacroFillKind.None) return filled;
        var real = observations.Where(o => o is { Value: not null, IsForwardFilled: false, IsInterpolated: false })
            .GroupBy(o => o.Day).Select(vintages => vintages.MinBy(o => o.KnownTime)).OrderBy(o => o.Day).ToList();
        for (var i = 1; i < real.Count; i++) Between(real[i - 1], real[i], filled);
        return filled;
    }

    public override string ToString() => Kind.ToString().ToLowerInvariant();

    private void Between(in MacroObservation before, in MacroObservation after, List<MacroObservation> filled)
    {
        var span = after.Day.DayNumber - before.Day.DayNumber;
        if (span - 1 > MaxDays) return;
        for (var k = 1; k < span; k++)
        {
            var day = before.Day.AddDays(k);
            filled.Add(Kind == MacroFillKind.Forward
                ? new MacroObservation(day, before.Value, Timestamp.Later(before.KnownTime, Timestamp.FromDate(day)), IsForwardFilled: true)
                : new MacroObservation(day, before.Value + ((after.Value - before.Value) * k / span), Timestamp.Later(before.KnownTime, after.KnownTime), IsInterpolated: true));
        }
    }
}
