using System.Threading.Channels;
using Mts.Core.Ports;

namespace Mts.Storage.Cache;

/// <summary>The buffer of one listener: when it is full the oldest message goes.</summary>
internal sealed class Subscription : ISubscription
{
    internal const int Capacity = 4_096;

    private readonly Channel<EventMessage> buffer;
    private readonly Action<Subscription> end;
    private long dropped;
    private int interruptions;
    private int ended;

    /// <param name="channel">A channel, or a beginning and <c>*</c>.</param>
    /// <param name="end">Called once, when the listener goes.</param>
    public Subscription(string channel, Action<Subscription> end)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        if (channel.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star != channel.Length - 1)
            throw new ArgumentException($"'{channel}' has a * before its end.", nameof(channel));
        (Name, this.end) = (channel, end);
        buffer = Channel.CreateBounded<EventMessage>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref dropped));
    }

    /// <summary>What was asked for.</summary>
    public string Name { get; }

    public bool IsPattern => Name.EndsWith('*');

    public long Dropped => Interlocked.Read(ref dropped);

    public int Interruptions => Volatile.Read(ref interruptions);

    public bool Wants(string channel) =>
        IsPattern ? channel.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : string.Equals(channel, Name, StringComparison.Ordinal);

    public void Deliver(in EventMessage message) => buffer.Writer.TryWrite(message);

    public void Interrupt() => Interlocked.Increment(ref interruptions);

    public IAsyncEnumerable<EventMessage> ReadAsync(CancellationToken cancellationToken) => buffer.Reader.ReadAllAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0) return ValueTask.CompletedTask;
        end(this);
        buffer.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
