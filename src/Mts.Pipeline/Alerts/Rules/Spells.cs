using Mts.Core.Market;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Since when each subject has been in a bad state, and whether that is too long.</summary>
internal sealed class Spells(TimeSpan patience)
{
    private readonly Dictionary<string, (Timestamp Since, Observation Seen)> bad = new(StringComparer.Ordinal);

    /// <summary>Whether the subject is in a bad state now, however long.</summary>
    public bool IsOn(string subject) => bad.ContainsKey(subject);

    public void Note(string subject, bool isBad, Observation seen, List<Reading> into)
    {
        if (!isBad)
        {
            bad.Remove(subject);
            into.Add(new Reading(subject, Stance.Calm, seen, 0));
            return;
        }

        var since = bad.TryGetValue(subject, out var before) ? before.Since : seen.Time;
        bad[subject] = (since, seen);
        Judge(subject, seen.Time, into);
    }

    public void Pass(Timestamp now, List<Reading> into)
    {
        foreach (var subject in bad.Keys) Judge(subject, now, into);
    }

    private void Judge(string subject, Timestamp now, List<Reading> into)
    {
        var (since, seen) = bad[subject];
        var lasted = now - since;
        if (lasted >= patience) into.Add(new Reading(subject, Stance.Holds, seen, lasted.TotalSeconds) { Now = now });
    }
}
