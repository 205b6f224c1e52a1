using Mts.Core.Signals;

namespace Mts.Cli.Live;

/// <summary>Hears what strategies say of the live market. Calls come one at a time and return quickly.</summary>
internal interface ILiveSignalListener
{
    /// <summary>Once for each signal that the engine has accepted.</summary>
    /// <param name="signal">Its time is the close of its bar.</param>
    /// <param name="received">When that bar was known.</param>
    void OnSignal(Signal signal, Timestamp received);

    /// <summary>What the strategies' standing views are together, each time one of them has changed; only where there are several strategies.</summary>
    void OnDecision(AggregateDecision decision, Timestamp received);

    /// <summary>A gap in the bars of a strategy, a bar that came too late or was refused.</summary>
    void OnNote(string strategy, string text, Timestamp received);

    /// <summary>A strategy cannot run, or failed and will say nothing more; the others go on.</summary>
    void OnFault(string strategy, string message, Timestamp received);
}
