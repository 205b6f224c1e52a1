using Mts.Core.Feeds;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Cli.Live;

/// <summary>Tells of a disk that takes nothing, of inputs that are lost for it, and of the end of that.</summary>
/// <param name="journal">What is written.</param>
/// <param name="desk">Takes it for the alerts.</param>
/// <param name="note">Takes it for people.</param>
internal sealed class JournalHealth(IFeedJournal journal, AlertDesk desk, Action<string> note)
{
    private ComponentHealth known = ComponentHealth.Up;

    public void Look(Timestamp now)
    {
        var problem = journal.Problem;
        var health = problem is null ? ComponentHealth.Up : journal.HasHole ? ComponentHealth.Down : ComponentHealth.Degraded;
        if (health == known) return;
        known = health;
        var words = health switch
        {
            ComponentHealth.Up => $"the journal is written again; {journal.Lost} inputs of this session are not in it.",
            ComponentHealth.Degraded => $"the journal cannot be written; inputs after {journal.Durable} are held in memory and not durable: {problem}",
            _ => $"the journal cannot be written and no more can be held: inputs are handled and not kept: {problem}",
        };
        desk.See(new ComponentStateSeen("disk/journal", health, words, now));
        note(health == ComponentHealth.Up ? words : $"error: {words}");
    }
}
