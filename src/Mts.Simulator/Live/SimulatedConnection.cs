using Mts.Core.Market;

namespace Mts.Simulator.Live;

/// <summary>One client connection of a simulated venue.</summary>
public sealed class SimulatedConnection
{
    internal SimulatedConnection(int id, string path, string client, long openedMicros)
    {
        (Id, Path, Client, OpenedMicros) = (id, path, client, openedMicros);
        LastPingMicros = openedMicros;
    }

    /// <summary>Counts from 1 in the order of opening.</summary>
    public int Id { get; }

    /// <summary>Path and query as asked for.</summary>
    public string Path { get; }

    /// <summary>Who connected; attempts are counted per client.</summary>
    public string Client { get; }

    public Timestamp Opened => new(OpenedMicros);

    /// <summary>False once the venue or the client has closed it.</summary>
    public bool IsOpen { get; internal set; } = true;

    /// <summary>The venue sends nothing any more and hears nothing, and the socket stays.</summary>
    public bool IsHalfOpen { get; internal set; }

    /// <summary>Whatever the caller wants to find again.</summary>
    public object? Tag { get; set; }

    /// <summary>The streams it is subscribed to, in order.</summary>
    public IReadOnlyCollection<string> Streams => Subscriptions.Keys;

    internal long OpenedMicros { get; }

    internal SortedDictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    internal bool IsCombined { get; set; }

    /// <summary>The part of the streams that this address delivers, where a venue splits them.</summary>
    internal Route Route { get; set; }

    internal int ArgumentCharacters { get; set; }

    /// <summary>Streams asked for so far; faults are drawn by it.</summary>
    internal long Requests { get; set; }

    internal Queue<long> Messages { get; } = [];

    internal long NextPingMicros { get; set; } = long.MaxValue;

    internal long PongDueMicros { get; set; } = long.MaxValue;

    internal long PingPayload { get; set; }

    /// <summary>When the client last sent its own ping.</summary>
    internal long LastPingMicros { get; set; }

    internal long EndsMicros { get; set; } = long.MaxValue;

    /// <summary>When the timer is due; entries for other times are void.</summary>
    internal long Scheduled { get; set; } = long.MaxValue;

    /// <summary>Everything arrives so much later.</summary>
    internal long LateMicros { get; set; }
}

internal enum Route
{
    Any,
    Public,
    Market,
}

/// <summary>One stream on one connection.</summary>
internal sealed class Subscription(SimulatedConnection connection, string name, Channel? channel)
{
    public SimulatedConnection Connection { get; } = connection;

    public string Name { get; } = name;

    /// <summary>Null where the venue acknowledges and never delivers.</summary>
    public Channel? Channel { get; } = channel;

    /// <summary>Frames put on the wire.</summary>
    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Frames that the channel had for it; faults are drawn by it.</summary>
    public long Attempts { get; set; }

    public long FirstId { get; private set; } = -1;

    public long LastId { get; private set; } = -1;

    public long MutedUntil { get; set; } = long.MinValue;

    /// <summary>A frame held back until the next one has gone.</summary>
    public byte[]? Held { get; set; }

    public void Count(long first, long last, int bytes)
    {
        Frames++;
        Bytes += bytes;
        if (FirstId < 0) FirstId = first;
        LastId = Math.Max(LastId, last);
    }
}
