using Mts.Core.Indicators;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>Volatility of the last 15 closes of one-minute bars: population deviation of their 14 log returns, times √15.</summary>
/// <remarks>The original's real-time definition; its batch script took the sample deviation of 15 returns, which is another figure.</remarks>
internal sealed class CloseVolatility
{
    private const int Closes = 15;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private LogReturnVolatility window = New();
    private Timestamp? next;

    /// <param name="bar">Closed. A return over a missing bar is none of one minute, so that the window begins anew behind a hole.</param>
    /// <returns>A fraction; null until the window is full.</returns>
    public double? Add(in Bar bar)
    {
        if (next is { } expected && bar.OpenTime != expected) window = New();
        next = bar.OpenTime + Length;
        window.Add(bar.Close);
        return window.Value;
    }

    private static LogReturnVolatility New() => new(Closes - 1, Closes, DeviationKind.Population);
}
