using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine.Allocation;
using Mts.Engine.Charges;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Sessions;

/// <summary>The event loop of the backtest, driven by what comes in. It has no clock: the same inputs in the same order give the same outputs.</summary>
internal sealed class SessionEngine
{
    private readonly SessionPlan plan;
    private readonly IReadOnlyList<IStrategy> strategies;
    private readonly RunParts parts;
    private readonly EventLoop loop;
    private readonly BookVenue? book;
    private readonly SliceAssembler assembler;
    private readonly SessionOutputs outputs;
    private readonly BarSeriesBuilder[] bars;
    private readonly List<FundingRate>[] funding;
    private readonly Dictionary<string, List<MacroObservation>> macro;
    private readonly HashSet<(string SeriesId, MacroObservation Observation)> seen = [];
    private readonly List<StrategyGivenUp> leaving;
    private long clock = long.MinValue;
    private long lastClose;
    private bool hasBegun;

    /// <param name="plan">What runs.</param>
    /// <param name="catalog">Makes the strategies.</param>
    /// <param name="output">Takes what comes of it.</param>
    /// <param name="givenUp">Strategies that are asked no more from an instant on.</param>
    public SessionEngine(SessionPlan plan, IStrategyCatalog catalog, SessionOutput output, IReadOnlyList<StrategyGivenUp> givenUp)
    {
        leaving = [.. givenUp];
        plan.Validate();
        this.plan = plan;
        if (plan.Allocation is { } rule) catalog = new AllocatedCatalog(catalog, rule);
        strategies = [.. plan.Strategies.Select(s => Make(catalog, s))];
        bars = [.. plan.Instruments.Select(_ => new BarSeriesBuilder())];
        funding = [.. plan.Instruments.Select(_ => new List<FundingRate>())];
        macro = strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal).ToDictionary(id => id, _ => new List<MacroObservation>(), StringComparer.Ordinal);
        var aggregator = plan.Aggregator is { } joined && strategies.Count > 1 ? new SignalAggregator(joined, [.. strategies.Select(s => s.Name)]) : null;
        var risk = plan.Limits is { } limits ? new RiskPolicy(limits, [.. plan.Instruments.Select(i => i.Asset)]) : null;
        parts = RunParts.Of(Inputs(), strategies, aggregator, risk, plan.Options);
        if (plan.Fill == FillRule.Book)
        {
            var orders = new BookOrders(parts.Holdings, parts.Orders, new OrderFills(parts.Holdings, parts.Broker, parts.Context, parts.Orders, plan.Options.AllowShort));
            book = new BookVenue(parts.Holdings, parts.Broker, parts.Context, parts.Desk, orders, plan.Interval.Micros, plan.BookAge.Ticks / 10);
            parts = parts with { Venue = book };
        }

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

    public IReadOnlyCollection<string> MacroSeries => macro.Keys;

    public bool Knows(LiveMacro input) => seen.Contains((input.SeriesId, input.Observation));

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
        var (inputs, warnings) = (Inputs(), new List<string>());
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

    private const int MostWarnings = 20;

    private IStrategy Make(IStrategyCatalog catalog, StrategyUse use)
    {
        var made = catalog.Create(use.Name, use.Parameters);
        return leaving.Find(e => e.Strategy == made.Name) is { } end ? new RetiringStrategy(made, end, () => Instant, i => parts!.Desk.Retraction(i, made.Name)) : made;
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
        funding[e.Series].Add(e.Rate);
        outputs.Tell(clock);
    }

    private void Take(LiveMacro e)
    {
        if (!macro.TryGetValue(e.SeriesId, out var known) || !seen.Add((e.SeriesId, e.Observation))) return;
        known.Add(e.Observation);
        parts.Context.Learn(e.SeriesId, e.Observation);
    }

    private void Close(long close, Bar?[] closed)
    {
        for (var i = 0; i < closed.Length; i++)
        {
            if (closed[i] is not { } bar) continue;
            var (key, before) = (plan.Instruments[i].Key, parts.Cursors[i].Series);
            if (before.Length > 0 && before.CloseTime(before.Length - 1) < bar.OpenTime)
                Note("gap", $"{key}: no bars from {before.CloseTime(before.Length - 1)} to {bar.OpenTime}");
            bars[i].Add(bar);
            parts.Cursors[i].Extend(bars[i].View(key, plan.Instruments[i].HasVolume));
        }

        loop.Advance(CancellationToken.None);
        Tally.Slices++;
        foreach (var end in leaving.Where(e => e.From.Micros <= close)) Note("given_up", $"strategy {end.Strategy} was given up: {end.Cause}");
        leaving.RemoveAll(e => e.From.Micros <= close);
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

    // As a backtest over the same time would have had them.
    private BacktestInputs Inputs() => new()
    {
        Instruments = [.. plan.Instruments.Select((instrument, i) => new InstrumentData(
            instrument.Asset, bars[i].View(instrument.Key, instrument.HasVolume), instrument.Key.Symbol.IsPerpetual ? [.. funding[i].OrderBy(r => r.Time)] : null))],
        Macro = macro.ToDictionary(m => m.Key, m => (IReadOnlyList<MacroObservation>)[.. m.Value], StringComparer.Ordinal),
        Start = plan.Start,
        End = new Timestamp(lastClose),
    };
}
