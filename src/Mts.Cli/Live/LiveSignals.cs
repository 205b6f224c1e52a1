using Microsoft.Extensions.Logging;
using Mts.Core.Signals;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.Storage.Cache.Live;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Live;

/// <summary>Where the signals of live strategies go: signal_history, the cache and its listeners, the alerts, the log. One that is stored already is told no second time.</summary>
/// <param name="store">Of the process.</param>
/// <param name="cache">Publishes them.</param>
/// <param name="alerts">Looks at them.</param>
/// <param name="log">One line each.</param>
internal sealed class LiveSignals(SqliteStore store, MarketCache cache, AlertDesk alerts, ILogger log) : ILiveSignalListener
{
    private const int MostKept = 200;

    private readonly Queue<Signal> recent = new();

    /// <summary>The last signals, oldest first.</summary>
    public IReadOnlyCollection<Signal> Recent => recent;

    public long Count { get; private set; }

    public long Repeated { get; private set; }

    public long Decisions { get; private set; }

    public void OnSignal(Signal signal, Timestamp received)
    {
        if (!TryStore(signal, received))
        {
            Repeated++;
            return;
        }

        Count++;
        recent.Enqueue(signal);
        if (recent.Count > MostKept) recent.Dequeue();
        cache.Put(signal);
        alerts.See(new SignalSeen(signal));
        log.LogInformation("signal {Strategy} {Asset} {Direction} confidence={Confidence:0.###} price={Price} {Reason}", signal.Strategy, signal.Asset, signal.Direction, signal.Confidence, signal.Price, signal.Reason);
    }

    public void OnDecision(AggregateDecision decision, Timestamp received)
    {
        Decisions++;
        log.LogInformation("decision {Asset} {Direction} {Reason}", decision.Asset, decision.Result?.Direction, decision.Reason);
    }

    public void OnNote(string strategy, string text, Timestamp received) => log.LogInformation("{Strategy}: {Note}", strategy, text);

    public void OnFault(string strategy, string message, Timestamp received)
    {
        log.LogError("{Strategy} says nothing more: {Failure}", strategy, message);
        alerts.See(new ComponentStateSeen($"strategy/{strategy}", ComponentHealth.Down, message, received));
    }

    // A store that cannot be written is no reason to keep a signal back.
    private bool TryStore(Signal signal, Timestamp received)
    {
        try
        {
            if (store.ReadSignals(signal.Asset, signal.Strategy, signal.Time, new Timestamp(signal.Time.Micros + 1)).Any(s => s.RunId.Length == 0 && s.Signal.Direction == signal.Direction)) return false;
            store.WriteSignals([new StoredSignal(signal, received, "")]);
        }
        catch (StorageException failure)
        {
            log.LogError(failure, "The signal of {Strategy} is not in signal_history: {Failure}", signal.Strategy, failure.Message);
            alerts.See(new ComponentStateSeen("store/signals", ComponentHealth.Down, failure.Message, received));
        }

        return true;
    }
}
