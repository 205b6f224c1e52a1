using Mts.Core.Market;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>The prices of one market over a window, thinned to what a comparison needs.</summary>
internal sealed class PriceWindow(TimeSpan window)
{
    private const int Samples = 512;

    private readonly Queue<(Timestamp Time, double Price)> later = new();
    private readonly TimeSpan step = window / Samples;
    private (Timestamp Time, double Price)? before;
    private Timestamp? newest;

    /// <returns>The last price known at the start of the window that ends now; null where none is, or only one that is older than two windows.</returns>
    public double? Add(Timestamp time, double price)
    {
        while (later.TryPeek(out var oldest) && oldest.Time <= time - window) before = later.Dequeue();
        if (newest is null || time - newest.Value >= step)
        {
            later.Enqueue((time, price));
            newest = time;
        }

        return before is { } reference && reference.Time >= time - (2 * window) ? reference.Price : null;
    }
}
