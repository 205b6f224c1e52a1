using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>What was traded in the time before a moment, to the last digit.</summary>
/// <param name="window">How far back it counts.</param>
public sealed class TrailingNotional(TimeSpan window)
{
    private readonly Queue<(long Time, WideInt Notional)> fills = [];
    private readonly long length = window.Ticks / 10;
    private WideInt sum;

    /// <param name="time">Not before the last one.</param>
    /// <param name="notional">10⁻⁸ quote units.</param>
    public void Add(Timestamp time, WideInt notional)
    {
        fills.Enqueue((time.Micros, notional));
        sum += notional;
    }

    /// <summary>10⁻⁸ quote units; what is exactly as old as the window counts no more.</summary>
    public WideInt Before(Timestamp time)
    {
        while (fills.TryPeek(out var oldest) && time.Micros - oldest.Time >= length) sum -= fills.Dequeue().Notional;
        return sum;
    }
}
