using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;

namespace Mts.Engine.Sessions;

/// <summary>Strategies on live data with pretended money. Every input is in the journal before it has an effect, and everything that comes of it is there after. Nothing in it can send an order to a venue.</summary>
public sealed class PaperSession
{
    private readonly SessionOutlet journal;
    private readonly SessionEngine engine;
    private readonly List<string> asked;

    private PaperSession(SessionPlan plan, SessionEngine engine, SessionOutlet journal, IReadOnlyList<StrategyGivenUp> givenUp)
    {
        (Plan, this.engine, this.journal) = (plan, engine, journal);
        asked = [.. plan.Strategies.Select(s => s.Name).Except(givenUp.Select(g => g.Strategy), StringComparer.Ordinal)];
    }

    /// <summary>Strategies that are asked: those of the plan without those that were given up.</summary>
    public IReadOnlyList<string> Asked => asked;

    /// <summary>The strategy that has been asked and has not answered; for another thread, which may see it late.</summary>
    public StrategyCall? Call => engine.Call;

    public SessionPlan Plan { get; }

    public SessionTally Tally => engine.Tally;

    /// <summary>All executed orders, oldest first. To be shown only after <see cref="ISessionJournal.Commit"/>.</summary>
    public IReadOnlyList<Fill> Fills => engine.Fills;

    /// <summary>Of everything owned, owed and waited for.</summary>
    public string Digest => engine.Digest;

    /// <summary>Begins a session; its plan is durable when this returns.</summary>
    /// <exception cref="ConfigurationException">The plan cannot be run.</exception>
    public static PaperSession Begin(SessionPlan plan, IStrategyCatalog catalog, ISessionJournal journal)
    {
        var outlet = new SessionOutlet(journal);
        var begun = new SessionEngine(plan, catalog, outlet.Append, []);
        journal.Append(SessionRecordKind.Plan, PlanJson.Write(plan));
        journal.Commit();
        return new PaperSession(plan, begun, outlet, []);
    }

    /// <summary>Goes on where a journal ends, as if nothing had happened in between.</summary>
    /// <param name="replay">The journal, run again without a difference.</param>
    /// <param name="journal">The same journal, open behind its last whole record.</param>
    /// <param name="now">The time by this machine's clock.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="cutBytes">What was cut off the journal's end.</param>
    /// <exception cref="StorageException">This program decides otherwise than the journal says.</exception>
    public static PaperSession Resume(SessionReplay replay, ISessionJournal journal, Timestamp now, string version, long cutBytes)
    {
        var session = GoOn(replay, journal);
        session.Push(new SessionResumed(now, version, cutBytes));
        journal.Commit();
        return session;
    }

    /// <summary>Goes on within the same process: after a strategy was given up.</summary>
    /// <inheritdoc cref="Resume"/>
    public static PaperSession GoOn(SessionReplay replay, ISessionJournal journal)
    {
        if (replay.Difference is { } difference)
            throw new StorageException($"the session cannot go on: {difference} Take it up with the version that wrote it ({replay.Plan.Version}), or begin another one.");
        var outlet = new SessionOutlet(journal);
        return new PaperSession(replay.Plan, replay.ContinueInto(outlet), outlet, replay.GivenUp);
    }

    /// <summary>Writes down that a strategy is asked no more, from the instant on at which it failed. This session takes nothing more; its journal's replay goes on without the strategy.</summary>
    /// <param name="strategy">Its name.</param>
    /// <param name="now">When.</param>
    /// <param name="cause">Why, in words.</param>
    public void GiveUp(string strategy, Timestamp now, string cause)
    {
        var (kind, payload) = InputCodec.Write(new StrategyGivenUp(now, strategy, engine.Instant, cause));
        journal.Append(kind, payload);
        journal.Close();
        journal.Commit();
    }

    /// <summary>Open time of the first bar that the instrument lacks; null before it had one.</summary>
    public Timestamp? NextBar(int instrument) => engine.NextBar(instrument);

    /// <summary>The macro series that the strategies look at.</summary>
    public IReadOnlyCollection<string> MacroSeries => engine.MacroSeries;

    /// <summary>Starts the strategies, which the first input does otherwise; the journal takes nothing of it.</summary>
    /// <exception cref="StrategyException">A strategy threw.</exception>
    public void Start() => engine.Begin();

    /// <summary>Takes an observation that the session may have already; then it is not journalled again.</summary>
    public void Learn(LiveMacro input)
    {
        if (!engine.Knows(input)) Push(input);
    }

    /// <summary>Takes one input to its end. It is durable only after <see cref="ISessionJournal.Commit"/>.</summary>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal; the session cannot go on.</exception>
    public void Push(LiveInput input)
    {
        var (kind, payload) = InputCodec.Write(input);
        journal.Append(kind, payload);
        engine.Apply(input);
    }

    /// <summary>What a backtest over the same bars would say, so far.</summary>
    public BacktestResult Result() => engine.Result();
}
