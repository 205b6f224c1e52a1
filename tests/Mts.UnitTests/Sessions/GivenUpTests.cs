using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.UnitTests.Engine;
using Mts.UnitTests.Engine.Guards;

namespace Mts.UnitTests.Sessions;

/// <summary>Two strategies, one of which fails at a bar and is left out.</summary>
public sealed class GivenUpTests
{
    private const int Fails = 60;
    private static readonly BacktestOptions Options = new() { AllowGaps = true, EquityPerBar = true };
    private static readonly BacktestInputs Inputs = Runs.Inputs(Runs.Random(3, 200));

    [Fact]
    public void The_others_go_on_and_the_journal_replays_to_the_same()
    {
        var (session, journal) = Run(out var fault);
        fault.Strategy.ShouldBe("Bad");
        fault.Message.ShouldContain("strategy Bad failed at");
        fault.Message.ShouldContain($"bar {Fails} of");
        session.Asked.ShouldBe(["Good"]);

        var result = session.Result();
        result.Trades.Count(t => t.EntryTime > Runs.Start + TimeSpan.FromDays(Fails)).ShouldBeGreaterThan(3);
        result.Warnings.ShouldContain(w => w.Contains("strategy Bad was given up: it broke"));
        // What it wanted is taken back: nothing is held after that that Good does not want.
        result.Signals.Last(s => s.Strategy == "Bad").Direction.ShouldBe(Direction.Flat);

        var replay = SessionReplay.Run(journal.Records, new Pair());
        (replay.Difference, replay.Unwritten, replay.Digest).ShouldBe((null, 0, session.Digest));
        journal.Records.Count(r => r.Kind == SessionRecordKind.GivenUp).ShouldBe(1);
    }

    [Fact]
    public void It_is_the_session_in_which_the_strategy_had_taken_back_its_view_itself()
    {
        var (session, _) = Run(out var _);
        var honest = SessionRuns.Begin(Plan, new Pair { TakesBack = true }, new MemoryJournal(), SessionRuns.Events(Inputs));
        session.Result().Trades.ShouldBe(honest.Result().Trades);
        session.Result().Metrics.FinalEquity.ShouldBe(honest.Result().Metrics.FinalEquity);
    }

    [Fact]
    public void A_session_taken_up_later_goes_on_without_it_too()
    {
        var (whole, _) = Run(out var _);
        var (half, journal) = Run(out var _, until: Fails + 20);
        var again = PaperSession.Resume(SessionReplay.Run(journal.Records, new Pair()), journal, half.Tally.Now, "test", 0);
        again.Asked.ShouldBe(["Good"]);
        foreach (var input in SessionRuns.Events(Inputs).Skip(Fails + 20)) again.Push(input);
        again.Digest.ShouldBe(whole.Digest);
        SessionReplay.Run(journal.Records, new Pair()).Difference.ShouldBeNull();
    }

    [Fact]
    public void One_that_fails_at_its_start_is_left_out_from_the_beginning()
    {
        var (journal, catalog) = (new MemoryJournal(), new Pair { FailsAtStart = true });
        var begun = PaperSession.Begin(Plan, catalog, journal);
        var fault = Should.Throw<StrategyException>(begun.Start);
        (fault.Strategy, fault.Message).ShouldBe(("Bad", "strategy Bad failed in OnStart, before the first bar: InvalidOperationException: no start"));
        begun.GiveUp("Bad", Inputs.Start, fault.Message);

        var session = PaperSession.GoOn(SessionReplay.Run(journal.Records, catalog), journal);
        session.Start();
        foreach (var input in SessionRuns.Events(Inputs)) session.Push(input);

        var result = session.Result();
        result.Trades.ShouldNotBeEmpty();
        result.Trades.ShouldBe(SessionRuns.Begin(Plan, new Pair { IsMute = true }, new MemoryJournal(), SessionRuns.Events(Inputs)).Result().Trades);
        result.Warnings.ShouldContain(w => w.Contains("strategy Bad was given up"));
        var replay = SessionReplay.Run(journal.Records, catalog);
        (replay.Difference, replay.Unwritten, replay.Digest).ShouldBe((null, 0, session.Digest));
    }

    [Fact]
    public void The_engine_that_was_left_behind_can_write_no_more()
    {
        var journal = new MemoryJournal();
        var session = PaperSession.Begin(Plan, new Pair(), journal);
        var events = SessionRuns.Events(Inputs);
        foreach (var input in events.Take(Fails - 1)) session.Push(input);
        Should.Throw<StrategyException>(() => session.Push(events[Fails - 1]));
        session.GiveUp("Bad", session.Tally.Now, "it broke");
        var count = journal.Entries.Count;
        Should.Throw<OperationCanceledException>(() => session.Push(events[Fails]));
        journal.Entries.Count.ShouldBe(count);
    }

    private static SessionPlan Plan => SessionRuns.Plan(Inputs, Options, new StrategyUse("Good", new Dictionary<string, string>()), new StrategyUse("Bad", new Dictionary<string, string>())) with
    {
        Aggregator = new AggregatorOptions { Weights = AggregatorOptions.Equal(["Good", "Bad"]) },
    };

    private static (PaperSession Session, MemoryJournal Journal) Run(out StrategyException fault, int until = int.MaxValue)
    {
        var (journal, found) = (new MemoryJournal(), (StrategyException?)null);
        var session = PaperSession.Begin(Plan, new Pair(), journal);
        foreach (var input in SessionRuns.Events(Inputs).Take(until))
        {
            try
            {
                session.Push(input);
            }
            catch (StrategyException failed)
            {
                found.ShouldBeNull();
                found = failed;
                session.GiveUp(failed.Strategy!, input.Received, "it broke");
                session = PaperSession.GoOn(SessionReplay.Run(journal.Records, new Pair()), journal);
            }
        }

        fault = found.ShouldNotBeNull();
        return (session, journal);
    }

    // Good follows two means; Bad wants to be long all the time, has a limit order that waits, and fails.
    private sealed class Pair : IStrategyCatalog
    {
        public bool TakesBack { get; init; }

        public bool FailsAtStart { get; init; }

        public bool IsMute { get; init; }

        public IReadOnlyList<StrategyDescriptor> All => [new("Good", "", []), new("Bad", "", [])];

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => name == "Good"
            ? new Rule("Good", x => x.Say(x.Mean(3) > x.Mean(9) ? Direction.Long : Direction.Flat, size: 0.5))
            : new Rule("Bad", x =>
            {
                if (IsMute) return;
                if (x.Seen.Count == Fails && !TakesBack) throw new InvalidOperationException("it broke");
                if (x.Seen.Count == 5) x.Context.Submit(new OrderRequest { Instrument = 0, Side = Side.Buy, Type = OrderType.Limit, Quantity = 1, LimitPrice = (decimal)x.Close / 100 });
                if (x.Seen.Count < Fails) x.Say(Direction.Long, size: 0.3);
                if (x.Seen.Count != Fails) return;
                foreach (var order in x.Context.Orders(0).ToList()) x.Context.Cancel(order.Id);
                x.Context.Emit(new Signal { Asset = x.Context.Instruments[0].Asset, Instrument = 0, Direction = Direction.Flat, Confidence = 0, Strategy = "Bad", Time = x.Time, Price = x.Close, Reason = "taken back" });
            }, start: () => _ = FailsAtStart ? throw new InvalidOperationException("no start") : false);
    }
}
