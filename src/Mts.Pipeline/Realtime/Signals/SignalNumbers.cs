using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>Numbers the signals of the moment, and passes them on.</summary>
internal sealed class SignalNumbers(IRealtimeSignalListener listener)
{
    private long count;

    /// <summary>The id of the signal that is passed on next.</summary>
    public string NextId(RealtimeSignalKind kind, string markets, Timestamp time) =>
        $"{kind.ToString().ToLowerInvariant()}:{markets}@{time.Micros}#{count + 1}".Replace(' ', ':');

    public void Pass(RealtimeSignal signal)
    {
        count++;
        listener.OnSignal(signal);
    }
}
