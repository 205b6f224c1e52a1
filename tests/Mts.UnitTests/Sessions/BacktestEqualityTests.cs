using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Allocation;
using Mts.Engine.Charges;
using Mts.Engine.Reports;
using Mts.Engine.Sessions;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Sessions;

/// <summary>A session that fills at the open is the backtest of what it lived through.</summary>
public sealed class BacktestEqualityTests
{
    private static readonly BacktestOptions Options = new() { AllowShort = true, AllowGaps = true, EquityPerBar = true };

    [Fact]
    public void Targets_stops_horizons_holes_and_funding_give_the_same_document()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var inputs = SessionRuns.ThreeMarkets(seed);
            var expected = Runs.Run(LawTests.Scripted(seed, 3, 200), Options, inputs);
            var session = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), new Scripts(() => LawTests.Scripted(seed, 3, 200)), new MemoryJournal(), SessionRuns.Events(inputs, seed));
            expected.Trades.Count.ShouldBeGreaterThan(10);
            Text(session.Result()).ShouldBe(Text(expected), $"seed {seed}");
        }
    }

    [Fact]
    public void Positions_that_are_resized_give_the_same_document()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var inputs = Runs.Inputs(Runs.Random(seed, 200, "BTC/USDT"), Runs.Random(seed + 100, 200, "ETH/USDT"));
            var expected = Runs.Run(ResizingTests.Scripted(seed), Options, inputs);
            var session = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), new Scripts(() => ResizingTests.Scripted(seed)), new MemoryJournal(), SessionRuns.Events(inputs, seed));
            Text(session.Result()).ShouldBe(Text(expected), $"seed {seed}");
        }
    }

    [Fact]
    public void Orders_beside_signals_with_latency_and_shares_of_the_volume_give_the_same_document()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var execution = new ExecutionOptions { VolumeShare = seed % 2 == 0 ? 0.5m : null, OrderLatency = seed % 3 == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero };
            var (inputs, options) = (SessionRuns.ThreeMarkets(seed), Options with { Execution = execution });
            var expected = Runs.Run(Ordering(seed), options, inputs);
            expected.Orders!.Filled.ShouldBeGreaterThan(0);
            var session = SessionRuns.Begin(SessionRuns.Plan(inputs, options), new Scripts(() => Ordering(seed)), new MemoryJournal(), SessionRuns.Events(inputs, seed));
            Text(session.Result()).ShouldBe(Text(expected), $"seed {seed}");
        }
    }

    [Fact]
    public void Every_cost_and_rule_together_gives_the_same_document()
    {
        var trades = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var inputs = SessionRuns.ThreeMarkets(seed);
            var options = Options with { Costs = Costs(inputs.Start, seed), Lots = [0.001m, 0.01m, 0.00000001m], Execution = new ExecutionOptions { FeedLatency = TimeSpan.FromSeconds(seed % 2) } };
            var expected = Runs.Run(LawTests.Scripted(seed, 3, 200), options, inputs);
            var session = SessionRuns.Begin(SessionRuns.Plan(inputs, options), new Scripts(() => LawTests.Scripted(seed, 3, 200)), new MemoryJournal(), SessionRuns.Events(inputs, seed));
            trades += expected.Trades.Count;
            expected.Metrics.BorrowInterest.ShouldNotBeNull();
            Text(session.Result()).ShouldBe(Text(expected), $"seed {seed}");
        }

        trades.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData(AllocationMethod.InverseVolatility)]
    [InlineData(AllocationMethod.RiskParity)]
    public void An_allocated_strategy_gives_the_same_document_also_from_its_journal(AllocationMethod method)
    {
        var inputs = Runs.Inputs(Runs.Random(1, 300, "BTC/USDT"), Runs.Random(2, 300, "ETH/USDT"), Runs.Random(3, 300, "SOL/USDT"));
        var rule = new AllocationOptions { Method = method, Lookback = 30, Every = TimeSpan.FromDays(7), MaxWeight = 0.4 };
        var catalog = new StrategyCatalog();
        var own = new Dictionary<string, string> { ["entry"] = "5", ["exit"] = "3" };
        var labels = Runs.Labels with { Parameters = [own.Concat(rule.ToParameters()).ToDictionary()] };
        var expected = Backtest.Run(inputs, [new AllocatedStrategy(catalog.Create("Donchian", own), rule)], null, null, Options, labels, TestContext.Current.CancellationToken);
        var (plan, journal) = (SessionRuns.Plan(inputs, Options, new StrategyUse("Donchian", own)) with { Allocation = rule }, new MemoryJournal());
        var session = SessionRuns.Begin(plan, catalog, journal, SessionRuns.Events(inputs));
        expected.Trades.Count.ShouldBeGreaterThan(10);
        Text(session.Result()).ShouldBe(Text(expected));
        var replay = SessionReplay.Run(journal.Records, catalog);
        replay.Difference.ShouldBeNull();
        Text(replay.Result()).ShouldBe(Text(expected));
    }

    private static CostOptions Costs(Timestamp start, int seed)
    {
        FeeTier[] tiers = [new(0, 2, 10), new(200_000, 1, 5)];
        FeeSchedule spot = new("spot", false, [new FeeTable(start, tiers), new FeeTable(start + TimeSpan.FromDays(90), [new(0, 1, 7.5m)])]);
        return new CostOptions
        {
            Fees = [spot, spot, new FeeSchedule("perpetual", true, [new FeeTable(start, tiers)])],
            Spread = new SpreadOptions(3),
            Impact = new ImpactOptions(seed % 3 == 0 ? ImpactLaw.Linear : ImpactLaw.SquareRoot, 0.1),
            Margin = new MarginOptions(seed % 2 == 0 ? MarginMode.Isolated : MarginMode.Cross, 3, 2, [null, null, new MarginTable("test", 25, [new(0, 0.01m, 20), new(50_000, 0.02m, 10)])]),
            BorrowApr = 0.1m,
            Rules = [new RuleHistory([new(start, 0.01m, 0.0001m, 10), new(start + TimeSpan.FromDays(60), 0.001m, 0.00001m, 5)]), null, null],
        };
    }

    private static Script Ordering(int seed) => LawTests.Scripted(seed, 3, 200).Watch(c =>
    {
        var bar = c.Past(0).Count;
        if (bar == 0 || bar % 5 != seed % 5 || c.Equity(0) <= 0) return;
        var (close, side) = ((decimal)c.Past(0).Closes[^1], bar % 2 == 0 ? Side.Buy : Side.Sell);
        c.Submit(new OrderRequest { Instrument = 0, Side = side, EquityFraction = 0.2, Type = OrderType.Limit, LimitPrice = close * 0.99m, StopLoss = side == Side.Buy ? close * 0.95m : close * 1.05m });
        c.Submit(new OrderRequest { Instrument = 0, Side = side, Quantity = 0.5m, Type = OrderType.TrailingStop, TrailFraction = 0.03, ReduceOnly = true });
    });

    [Fact]
    public void A_journal_of_orders_replays_to_the_same()
    {
        var inputs = SessionRuns.ThreeMarkets(3);
        var journal = new MemoryJournal();
        var session = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), new Scripts(() => Ordering(3)), journal, SessionRuns.Events(inputs, 3));
        var replay = SessionReplay.Run(journal.Records, new Scripts(() => Ordering(3)));
        replay.Difference.ShouldBeNull();
        replay.Digest.ShouldBe(session.Digest);
        journal.Records.Count(r => r.Kind == SessionRecordKind.Order && System.Text.Encoding.UTF8.GetString(r.Payload.Span).Contains("\"state\":\"filled\"", StringComparison.Ordinal)).ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_catalogue_after_a_warm_up_with_limits_gives_the_same_document()
    {
        var catalog = new StrategyCatalog();
        foreach (var descriptor in catalog.All.Where(d => d.Name != Carry && catalog.Create(d.Name, None).Needs.MacroSeries.Count == 0))
        {
            var series = Enumerable.Range(1, Math.Max(2, catalog.Create(descriptor.Name, None).Needs.MinInstruments)).Select(s => Runs.Random(s, 400, $"C{s}/USDT")).ToArray();
            var inputs = Runs.Inputs(series) with { Start = series[0].CloseTime(249) };
            var options = Options with { WarmUp = 250 };
            var limits = new RiskOptions { MaxPosition = 0.5, MaxAssetExposure = 0.5 };
            var expected = Runs.Run(catalog.Create(descriptor.Name, None), options, inputs, new RiskPolicy(limits, [.. inputs.Instruments.Select(i => i.Asset)]));
            var plan = SessionRuns.Plan(inputs, options, new StrategyUse(descriptor.Name, None)) with { Limits = limits };
            Text(SessionRuns.Begin(plan, catalog, new MemoryJournal(), SessionRuns.Events(inputs)).Result()).ShouldBe(Text(expected), descriptor.Name);
        }
    }

    [Fact]
    public void Several_strategies_with_macro_figures_give_the_same_document()
    {
        var catalog = new StrategyCatalog();
        var random = new Random(11);
        BarSeries[] series = [Runs.Random(1, 400), Runs.Random(2, 400, "ETH/USDT")];
        var macro = catalog.All.SelectMany(d => catalog.Create(d.Name, None).Needs.MacroSeries).Distinct().ToDictionary(
            id => id,
            _ => (IReadOnlyList<MacroObservation>)[.. Enumerable.Range(0, 400).Select(d => new MacroObservation(
                Runs.Start.Date.AddDays(d), 10 + (random.NextDouble() * 30), Runs.Start + TimeSpan.FromDays(d) + TimeSpan.FromHours(38)))]);
        macro.ShouldNotBeEmpty();
        var inputs = Runs.Inputs(series) with { Macro = macro };
        var names = catalog.All.Select(d => d.Name).Where(n => n != Carry && catalog.Create(n, None).Needs.MinInstruments <= 2).ToList();
        var aggregation = new AggregatorOptions { Weights = AggregatorOptions.Equal(names), MinConfidence = 0 };
        var expected = Backtest.Run(
            inputs, [.. names.Select(n => catalog.Create(n, None))], new SignalAggregator(aggregation, names), null, Options, Runs.Labels, TestContext.Current.CancellationToken);
        // The plan states the inputs that the strategies ask for, and the backtest takes all that it is given.
        var plan = SessionRuns.Plan(inputs, Options, [.. names.Select(n => new StrategyUse(n, None))]) with { Aggregator = aggregation };
        expected.Decisions.ShouldNotBeEmpty();
        Text(SessionRuns.Begin(plan, catalog, new MemoryJournal(), SessionRuns.Events(inputs)).Result()).ShouldBe(Text(expected));
    }

    [Fact]
    public void A_result_taken_on_the_way_changes_nothing()
    {
        var inputs = SessionRuns.ThreeMarkets(7);
        var catalog = new Scripts(() => LawTests.Scripted(7, 3, 200));
        var session = PaperSession.Begin(SessionRuns.Plan(inputs, Options), catalog, new MemoryJournal());
        foreach (var e in SessionRuns.Events(inputs))
        {
            session.Push(e);
            if (e is LiveBar { Series: 1 }) session.Result().Equity.ShouldNotBeEmpty();
        }

        Text(session.Result()).ShouldBe(Text(Runs.Run(LawTests.Scripted(7, 3, 200), Options, inputs)));
    }

    [Fact]
    public void Funding_that_comes_minutes_late_is_paid_on_what_was_held_then()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            // A settlement in the middle of each bar is told after the bar has closed and orders have filled.
            var series = Runs.Random(seed, 120, "SOL/USDT:USDT");
            var rates = Enumerable.Range(0, 120).Select(i => new FundingRate(series[i].OpenTime, 0.0005, series[i].Open)).ToList();
            var inputs = Runs.Inputs(series);
            inputs = inputs with { Instruments = [inputs.Instruments[0] with { Funding = rates }] };
            var expected = Runs.Run(LawTests.Scripted(seed, 1, 120), Options, inputs);
            var late = SessionRuns.Events(inputs).Select(e => e is LiveFunding f ? f with { Received = f.Received + TimeSpan.FromHours(30) } : e).OrderBy(e => e.Received);
            var result = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), new Scripts(() => LawTests.Scripted(seed, 1, 120)), new MemoryJournal(), late).Result();
            // Sizes follow equity, so that the two runs part by as much as a payment that waits changes it.
            result.Metrics.Funding!.Value.ShouldBe(expected.Metrics.Funding!.Value, Math.Abs(expected.Metrics.Funding.Value) * 0.01m + 1m, $"seed {seed}");
            result.Trades.Select(t => (t.EntryTime, t.ExitTime, t.Side)).ShouldBe(expected.Trades.Select(t => (t.EntryTime, t.ExitTime, t.Side)));
        }
    }

    // It refuses a run without a perpetual and its spot market.
    private const string Carry = "FundingCarry";

    private static Dictionary<string, string> None => [];

    // The warnings of a session tell of its course as well.
    private static string Text(BacktestResult result) => System.Text.Encoding.UTF8.GetString(BacktestJson.Write(result with { Warnings = [] }));
}
