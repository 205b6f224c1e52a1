using Mts.Core.Signals;

namespace Mts.Engine.Execution.Orders;

/// <summary>The signals of one instrument on their way to the venue: each arrives when its time has come, and a later one replaces those that arrive with it.</summary>
internal sealed class SignalQueue(long latency)
{
    private readonly Queue<Signal> underWay = [];

    /// <summary>The newest that has been sent; it may be under way still.</summary>
    private Signal? sent;

    /// <summary>What is to be executed now.</summary>
    public Signal? Due { get; private set; }

    /// <summary>What was sent last and is not executed; null for nothing.</summary>
    public Signal? Newest => underWay.Count > 0 ? sent : Due;

    /// <summary>Whether nothing was filled yet of the entry that is gone after.</summary>
    public bool IsUntouched { get; set; }

    /// <summary>Sends what waits, and takes in what has arrived.</summary>
    public void Arrive(Holding holding, long time)
    {
        if (holding.Pending is { } pending && !ReferenceEquals(pending, sent)) underWay.Enqueue(sent = pending);
        while (underWay.TryPeek(out var next) && next.Time.Micros + latency <= time) Due = underWay.Dequeue();
    }

    public void Done() => Due = null;
}
