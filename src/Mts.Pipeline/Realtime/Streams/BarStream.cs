using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Streams;

internal enum BarPlace
{
    /// <summary>Still open, or the newest closed one again: nothing for those who act on closed bars.</summary>
    Open,
    Next,
    AfterGap,

    /// <summary>Given before with equal values.</summary>
    Known,

    /// <summary>Given before with other values.</summary>
    Differs,
    Old,

    /// <summary>Called closed before its time is over.</summary>
    TooEarly,
}

/// <summary>Gives each closed one-minute bar once, in the order of time.</summary>
internal sealed class BarStream
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private Bar last;
    private bool isResumed;

    /// <summary>Open time of the newest closed bar; null before the first one.</summary>
    public Timestamp? LastOpen { get; private set; }

    public BarPlace Place(in BarUpdate update)
    {
        var open = update.Bar.OpenTime;
        if (!update.IsClosed) return LastOpen is { } known && open <= known ? BarPlace.Old : BarPlace.Open;
        // Venues call a bar closed in the message after its end; a clock that is off by a millisecond is not a lie.
        if (update.Time < open + Length - TimeSpan.FromMilliseconds(1)) return BarPlace.TooEarly;
        if (LastOpen is not { } newest) return BarPlace.Next;
        if (open == newest) return isResumed || update.Bar == last ? BarPlace.Known : BarPlace.Differs;
        if (open < newest) return BarPlace.Old;
        return open == newest + Length ? BarPlace.Next : BarPlace.AfterGap;
    }

    /// <summary>Whether a bar was given since then that was not the next one; whoever looks for holes begins with false.</summary>
    public bool HasHole { get; set; }

    public void Take(in Bar bar)
    {
        HasHole |= LastOpen is { } before && bar.OpenTime != before + Length;
        (last, LastOpen, isResumed) = (bar, bar.OpenTime, false);
    }

    /// <summary>Goes on behind a bar that was given before.</summary>
    public void Resume(Timestamp open) => (LastOpen, isResumed) = (open, true);
}
