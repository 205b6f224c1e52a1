using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Sessions;

namespace Mts.Cli.Live;

/// <summary>One strategy on the engine of the backtest, fed as bars close; it trades with pretended money, because what it says depends on what it holds.</summary>
internal sealed class StrategyRun
{
    private readonly List<Signal> said;
    private readonly List<string> notes;
    private readonly PaperSession session;
    private readonly StrategyThread? thread;

    /// <exception cref="BacktestDataException">The instruments lack what the strategy needs.</exception>
    public StrategyRun(StrategyRunnerPlan plan, StrategyUse use, IStrategyCatalog catalog, StrategyThread? thread)
    {
        Name = use.Name;
        this.thread = thread;
        var journal = new SignalJournal(plan.Instruments);
        (said, notes) = (journal.Signals, journal.Notes);
        session = PaperSession.Begin(
            new SessionPlan
            {
                Id = "live",
                Version = plan.Version,
                Start = plan.Start,
                Instruments = plan.Instruments,
                Strategies = [use],
                Options = new BacktestOptions { AllowGaps = true, AllowShort = true },
                Lateness = plan.Lateness,
            },
            catalog,
            journal);
    }

    public string Name { get; }

    /// <summary>It has thrown, or did not return, and says nothing more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Its latest view of each instrument, with the horizon not looked at.</summary>
    public Dictionary<int, Signal> Standing { get; } = [];

    /// <summary>Before the first input.</summary>
    public void Start(ILiveSignalListener listener) => Calls(session.Start, $"OnStart of strategy {Name}", session.Plan.Start, listener);

    /// <summary>Takes one input to its end and tells what came of it.</summary>
    /// <returns>Instruments of which it has a new view.</returns>
    public IReadOnlyList<int> Push(LiveInput input, ILiveSignalListener listener)
    {
        if (IsOver || !Calls(() => session.Push(input), $"strategy {Name}", input.Received, listener)) return [];
        foreach (var note in notes) listener.OnNote(Name, note, input.Received);
        notes.Clear();
        if (said.Count == 0) return [];
        foreach (var signal in said)
        {
            Standing[signal.Instrument] = signal;
            listener.OnSignal(signal, input.Received);
        }

        int[] changed = [.. said.Select(s => s.Instrument).Distinct()];
        said.Clear();
        return changed;
    }

    private bool Calls(Action call, string words, Timestamp time, ILiveSignalListener listener)
    {
        try
        {
            if (thread is null) call();
            else thread.Run(call, words, time);
            return true;
        }
        catch (StrategyException failed)
        {
            IsOver = true;
            Standing.Clear();
            listener.OnFault(Name, failed.Message, time);
            return false;
        }
    }
}
