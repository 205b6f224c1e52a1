using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.Engine.Allocation;
using Mts.Engine.Charges;
using Mts.Engine.Execution;

namespace Mts.Engine.Sessions;

/// <summary>The event loop of the backtest, driven by what comes in. It has no clock: the same inputs in the same order give the same outputs.</summary>
internal sealed class SessionEngine
{
    private const int MostWarnings = 20;

    private readonly SessionPlan plan;
    private readonly IReadOnlyList<IStrategy> strategies;
    private readonly RunParts parts;
    private readonly EventLoop loop;
    private readonly BookVenue? book;
    private readonly SliceAssembler assembler;
    private readonly SessionOutputs outputs;
    private readonly SessionHistory history;
    private readonly Departures departures;
    private long clock = long.MinValue;
    private long lastClose;
    private bool hasBegun;

    /// <param name="plan">What runs.</param>
    /// <param name="catalog">Makes the strategies.</param>
    /// <param name="output">Takes what comes of it.</param>
    /// <param name="givenUp">Strategies that are asked no more from an instant on.</param>
    public SessionEngine(SessionPlan plan, IStrategyCatalog catalog, SessionOutput output, IReadOnlyList<StrategyGivenUp> givenUp)
    {
        plan.Validate();
        this.plan = plan;
        departures = new Departures(givenUp, () => Instant, (i, strategy) => parts!.Desk.Retraction(i, strategy));
        if (plan.Allocation is { } rule) catalog = new AllocatedCatalog(catalog, rule);
        strategies = [.. plan.Strategies.Select(s => departures.Watch(catalog.Create(s.Name, s.Parameters)))];
        history = new SessionHistory(plan, strategies);
        parts = SessionParts.Of(plan, history.Until(lastClose), strategies);
        book = parts.Venue as BookVenue;
        loop = new EventLoop(parts);
        assembler = new SliceAssembler(plan.Instruments.Count, plan.Interval.Micros, plan.Lateness.Ticks / 10);
        outputs = new SessionOutputs(parts, output);
        lastClose = plan.Start.Micros;
        foreach (var strategy in strategies) InputChecks.CheckInstruments(strategy, plan.Instruments);
    }

    public SessionTally Tally { get; } = new();

    /// <summary>The strategy that has been asked and has not answered; for another thread, which may see it late.</summary>
    public StrategyCall? Call => loop.Call;

    /// <summary>The instant that the loop has reached.</summary>
    public Timestamp Instant => new(loop.Now);

    public IReadOnlyList<Core.Trading.Fill> Fills => parts.Broker.Ledger.Fills;

    public string Digest => outputs.Digest();

    public IReadOnlyCollection<string> MacroSeries => history.MacroSeries;

    public bool Knows(LiveMacro input) => history.Knows(input);

    /// <summary>Open time of the first bar that the instrument lacks; null before it had one.</summary>
    public Timestamp? NextBar(int instrument) => assembler.Newest(instrument) is var close and not long.MinValue ? new Timestamp(close) : null;

    /// <summary>Lets somebody watch from another thread.</summary>
    public void ShowTo(RunProgress progress) => progress.Follow(loop);

    /// <summary>Starts the strategies, once; the first input does so too.</summary>
    /// <exception cref="StrategyException">A strategy threw.</exception>
    public void Begin()
    {
        if (hasBegun) return;
        loop.Begin();
        hasBegun = true;
    }

    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal.</exception>
    public void Apply(LiveInput input)
    {
        Begin();
        clock = Math.Max(clock, input.Received.Micros);
        Tally.Now = new Timestamp(clock);
        switch (input)
        {
            case LiveBar e:
                Take(e);
                break;
            case LiveTop e:
                book?.Quote(e);
                break;
            case LiveFunding e:
                Take(e);
                break;
            case LiveMacro e:
                Take(e);
                break;
            case LiveGap e:
                Note("gap", $"{plan.Instruments[e.Series].Key}: nothing from {e.From} to {e.Until}: {e.Cause}");
                break;
            case SessionResumed e:
                Tally.Resumed.Add(e);
                assembler.WaitAnew(clock);
                break;
        }

        while (assembler.TryTake(clock, out var close, out var closed)) Close(close, closed);
        // What strategies said in the warm-up becomes an order at the start, and is filled no sooner.
        if (book is null || clock < plan.Start.Micros) return;
        book.Fill(clock);
        outputs.Tell(clock);
    }

    /// <summary>The result so far; the session can go on after it.</summary>
    public BacktestResult Result()
    {
        var (inputs, warnings) = (history.Until(lastClose), new List<string>());
        if (lastClose > plan.Start.Micros) InputChecks.CheckHoles(inputs, warnings);
        warnings.AddRange(Tally.Noted.Take(MostWarnings).Select(n => $"{n.Time} {n.Text}"));
        if (Tally.Noted.Count > MostWarnings) warnings.Add($"and {Tally.Noted.Count - MostWarnings} more of the kind; they stand in the journal");
        if (parts.Curve.RuinedAt is { } ruin) warnings.Add(RunOutcome.Ruin(ruin));
        var labels = new RunLabels { Version = plan.Version, Parameters = plan.Parameters, SourceHashes = [.. plan.Strategies.Select(s => s.SourceHash)] };
        warnings.AddRange(CostWarnings.Of(parts, inputs, plan.Options));
        var run = BacktestRun.Of(inputs, strategies, plan.Options, labels, plan.Limits, strategies.Count > 1 ? plan.Aggregator : null);
        var result = RunOutcome.Of(parts, loop, inputs, plan.Options, run, warnings);
        parts.Curve.Reopen();
        return result;
    }

    private void Take(LiveBar e)
    {
        var instrument = plan.Instruments[e.Series];
        if (BarRules.Broken(e.Bar, plan.Interval, Timestamp.MaxValue, instrument.HasVolume) is { } rule)
        {
            Note("refused_bar", $"{instrument.Key}: the bar of {e.Bar.OpenTime} was refused: {rule}");
            return;
        }

        var arrival = assembler.Offer(e.Series, e.Bar, clock);
        if (arrival == BarArrival.InTime)
        {
            Tally.LateBars += e.IsLate ? 1 : 0;
            return;
        }

        var series = parts.Cursors[e.Series].Series;
        var at = series.LowerBound(e.Bar.OpenTime);
        if (arrival == BarArrival.Again || (at < series.Length && series.OpenTimes[at] == e.Bar.OpenTime.Micros)) Tally.Duplicates++;
        else Note("late_bar", $"{instrument.Key}: the bar of {e.Bar.OpenTime} came after its instant had been decided; it is a gap");
    }

    private void Take(LiveFunding e)
    {
        if (parts.Funding is not { } payments || !payments.Learn(e.Series, e.Rate, parts.Broker.Ledger.Fills)) return;
        history.Add(e);
        outputs.Tell(clock);
    }

    private void Take(LiveMacro e)
    {
        if (history.TryAdd(e)) parts.Context.Learn(e.SeriesId, e.Observation);
    }

    private void Close(long close, Bar?[] closed)
    {
        for (var i = 0; i < closed.Length; i++)
        {
            if (closed[i] is not { } bar) continue;
            var (key, before) = (plan.Instruments[i].Key, parts.Cursors[i].Series);
            if (before.Length > 0 && before.CloseTime(before.Length - 1) < bar.OpenTime)
                Note("gap", $"{key}: no bars from {before.CloseTime(before.Length - 1)} to {bar.OpenTime}");
            parts.Cursors[i].Extend(history.Add(i, bar));
        }

        loop.Advance(CancellationToken.None);
        Tally.Slices++;
        foreach (var end in departures.TakeUntil(close)) Note("given_up", $"strategy {end.Strategy} was given up: {end.Cause}");
        // What strategies say in the warm-up is no order; what still stands at its end is one, and is told then.
        if (close < plan.Start.Micros) return;
        outputs.Tell(close);
        if (close == plan.Start.Micros) return;
        lastClose = close;
        outputs.TellEquity(close, loop.TotalEquity());
    }

    private void Note(string kind, string text)
    {
        var note = new SessionNote(new Timestamp(clock), kind, text);
        Tally.Noted.Add(note);
        outputs.TellNote(note);
    }
}
