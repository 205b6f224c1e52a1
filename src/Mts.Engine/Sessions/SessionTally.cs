using Mts.Core.Market;

namespace Mts.Engine.Sessions;

/// <summary>What the reader of a session's result should know of its course.</summary>
public sealed record SessionTally
{
    /// <summary>Instants that were decided, warm-up included.</summary>
    public long Slices { get; internal set; }

    /// <summary>Bars that were fetched back after they had been missed, warm-up included.</summary>
    public long LateBars { get; internal set; }

    /// <summary>Bars that came once more; the first one counts.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>The newest time that the session has been told.</summary>
    public Timestamp Now { get; internal set; }

    /// <summary>Each time the session was taken up again.</summary>
    public IReadOnlyList<SessionResumed> Restarts => Resumed;

    /// <summary>Gaps, bars that were refused or too late, funding that came too late for its trade; oldest first.</summary>
    public IReadOnlyList<SessionNote> Notes => Noted;

    internal List<SessionResumed> Resumed { get; } = [];

    internal List<SessionNote> Noted { get; } = [];
}

/// <param name="Time">The session's time.</param>
/// <param name="Kind"><c>gap</c>, <c>late_bar</c>, <c>refused_bar</c>, <c>given_up</c>.</param>
/// <param name="Text">What happened, to what.</param>
public sealed record SessionNote(Timestamp Time, string Kind, string Text);
