using Mts.Core.Market;
using Mts.Engine.Execution.Queues;

namespace Mts.Engine;

/// <summary>How orders meet prices; all of it is part of the result where it is not as usual.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Length of the finer bars on which stops, targets and orders are resolved; null for the run's own bars.</summary>
    public Interval? Finer { get; init; }

    /// <summary>The most of a bar's volume that may be filled, above 0 to 1; null for all that one could want.</summary>
    public decimal? VolumeShare { get; init; }

    /// <summary>From a decision to the venue, 0 to one day.</summary>
    public TimeSpan OrderLatency { get; init; }

    /// <summary>From the venue to the strategy, 0 to one day.</summary>
    public TimeSpan FeedLatency { get; init; }

    /// <summary>When a bar fills a limit order; targets of signals are filled at a touch.</summary>
    public LimitFill LimitFill { get; init; }

    /// <summary>Fills inside recorded books (<see cref="InstrumentData.Tape"/>), by this model of their queues; null for fills on bars.</summary>
    public QueueModel? Queue { get; init; }

    internal bool IsUsual => this == Usual;

    /// <summary>Whether a signal is filled as it always was.</summary>
    internal bool IsPlain => Finer is null && VolumeShare is null && LatencyMicros == 0 && Queue is null;

    internal long LatencyMicros => (OrderLatency + FeedLatency).Ticks / 10;

    private static ExecutionOptions Usual { get; } = new();
}

/// <summary>When a bar fills a limit order that rests.</summary>
public enum LimitFill
{
    /// <summary>The bar trades beyond the limit, so that all that queued there has been filled.</summary>
    Through,

    /// <summary>The bar trades at the limit.</summary>
    Touch,
}
