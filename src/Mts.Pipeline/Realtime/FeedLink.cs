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
}

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

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the next connection is to be tried; null for not now.</summary>
    public Timestamp? ConnectAt { get; set; }

    /// <summary>Silences in a row, by stream.</summary>
    public Dictionary<StreamRef, int> Strikes { get; } = [];

    /// <summary>Frames that were no stream's: acknowledgements, pongs, notices, and what nobody could place.</summary>
    public StreamAccount Account { get; } = new();
}
