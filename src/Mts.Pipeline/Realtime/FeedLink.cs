using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <summary>One connection, from the moment it is asked for to its end.</summary>
internal sealed class FeedLink(FeedSlot slot, int number, int epoch, IFeedProtocol protocol)
{
    public FeedSlot Slot => slot;

    public int Number => number;

    public int Epoch => epoch;

    public IFeedProtocol Protocol => protocol;

    /// <summary>Null until it stands.</summary>
    public Timestamp? Opened { get; set; }

    /// <summary>Frames received.</summary>
    public long Frames { get; set; }

    public StreamPulse Pulse { get; } = new();

    /// <summary>Streams that have brought something on this connection.</summary>
    public HashSet<StreamRef> Heard { get; } = [];

    /// <summary>When it was asked whether it lives; null where it has said something since.</summary>
    public Timestamp? Asked { get; set; }

    /// <summary>Streams that the venue has refused here, and when each is asked for again.</summary>
    public Dictionary<StreamRef, RefusedStream> Refused { get; } = [];

    public void Beat(Timestamp now)
    {
        Frames++;
        // What had to be asked was quiet, not dead.
        if (Asked is not null) Pulse.Excuse(now);
        Asked = null;
        Pulse.Beat(now);
    }
}

/// <param name="Times">Refusals in a row.</param>
/// <param name="AgainAt">When it is asked for again.</param>
/// <param name="IsFinal">The venue does not have it.</param>
internal readonly record struct RefusedStream(int Times, Timestamp AgainAt, bool IsFinal);

/// <summary>A set of streams that share a connection, whichever connection that is at the time.</summary>
internal sealed class FeedSlot(IReadOnlyList<StreamRef> streams)
{
    public IReadOnlyList<StreamRef> Streams => streams;

    /// <summary>The connection that counts.</summary>
    public FeedLink? Current { get; set; }

    /// <summary>The connection that is to take over.</summary>
    public FeedLink? Successor { get; set; }

    /// <summary>Epoch of the newest connection, from 1.</summary>
    public int Epoch { get; set; }

    /// <summary>When the last connection that was lost had last brought something; null for none.</summary>
    public Timestamp? FollowedUntil { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the next connection is to be tried; null for not now.</summary>
    public Timestamp? ConnectAt { get; set; }

    /// <summary>Streams that have been silent for too long.</summary>
    public Dictionary<StreamRef, StreamSilence> Silences { get; } = [];

    /// <summary>Frames that were no stream's: acknowledgements, pongs, notices, and what nobody could place.</summary>
    public StreamAccount Account { get; } = new();
}

/// <summary>A silence that is longer than usual.</summary>
/// <param name="since">When that was seen.</param>
internal sealed class StreamSilence(Timestamp since)
{
    /// <summary>Nothing counts as heard that came before it.</summary>
    public Timestamp Since { get; set; } = since;

    /// <summary>When the next step is due.</summary>
    public Timestamp NextLook { get; set; } = since;

    /// <summary>How often it has proved to be no quiet market.</summary>
    public int Proofs { get; set; }
}
