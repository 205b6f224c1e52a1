using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Sessions;

/// <summary>Minutes at a price of 100, a script, and a book that the test writes.</summary>
public sealed class BookFillTests : IDisposable
{
    private static readonly BarSeries Minutes = Runs.Bars("BTC/USDT", Interval.Minute, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 10)]);
    private readonly MemoryJournal journal = new();
    private PaperSession session = null!;
    private int bars;

    public void Dispose() => journal.Dispose();

    [Fact]
    public void An_entry_takes_the_ask_and_an_exit_the_bid()
    {
        Run(new Script().At(0, Direction.Long, s => s.With(0.5)).At(2, Direction.Flat));
        Bar();
        session.Fills.ShouldBeEmpty();
        Top(0.2, 100.5m, 1_000, 100.75m, 1_000);
        Bar();
        Bar();
        Top(0.1, 101m, 1_000, 101.25m, 1_000);

        // Half of 100,000 at 100.75 buys 496.27791563.
        session.Fills.Select(f => (f.Order.Side, f.Order.Quantity, f.Price)).ShouldBe([(Side.Buy, 496.27791563m, 100.75m), (Side.Sell, 496.27791563m, 101m)]);
        session.Fills[0].Time.ShouldBe(At(1, 1.2));
        session.Result().Trades.ShouldHaveSingleItem().Pnl.ShouldBe(496.27791563m * 0.25m, 0.00000001m);
    }

    [Fact]
    public void A_price_that_was_there_before_the_decision_is_taken_while_it_is_young()
    {
        Run(new Script().At(1, Direction.Long, s => s.With(0.1)));
        Bar();
        Top(59.5, 99m, 1_000, 100m, 1_000);
        Bar();
        session.Fills.ShouldHaveSingleItem().Price.ShouldBe(100m);
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, -3)]
    public void Nothing_is_traded_at_a_book_that_is_not_valid_or_too_old(bool isValid, double seconds)
    {
        Run(new Script().At(0, Direction.Long, s => s.With(0.1)));
        if (seconds < 0)
        {
            Top(57.9, 99m, 1_000, 100m, 1_000);
            session.Push(new LiveClock(At(1, 0.9)));
        }

        Bar();
        if (!isValid) Top(seconds, 99m, 1_000, 100m, 1_000, isValid: false);
        session.Fills.ShouldBeEmpty();
        session.Result().Refusals.ShouldBeEmpty();

        Top(20, 99m, 1_000, 102m, 1_000);
        session.Fills.ShouldHaveSingleItem().Price.ShouldBe(102m);
    }

    [Fact]
    public void An_entry_waits_one_bar_and_no_longer()
    {
        Run(new Script().At(0, Direction.Long, s => s.With(0.1)));
        Bar();
        Top(30, 99m, 1_000, 100m, 1_000, isValid: false);
        session.Push(new LiveClock(At(2, 0.5)));
        Top(61, 99m, 1_000, 100m, 1_000);
        session.Fills.ShouldBeEmpty();
        session.Result().Refusals.ShouldHaveSingleItem().Rule.ShouldBe("book");
    }

    [Fact]
    public void An_entry_takes_once_what_is_offered_and_an_exit_goes_on_until_nothing_is_left()
    {
        Run(new Script().At(0, Direction.Long).At(1, Direction.Flat));
        Bar();
        Top(1, 99m, 50, 100m, 7);
        Top(2, 99m, 50, 100m, 500);
        session.Fills.ShouldHaveSingleItem().Order.Quantity.ShouldBe(7m);
        session.Result().Refusals.ShouldHaveSingleItem().Rule.ShouldBe("book_size");
        Bar();
        Top(1, 98m, 3, 100m, 1);
        // The same book offers nothing twice.
        session.Push(new LiveClock(At(2, 1.5)));
        session.Fills.Count.ShouldBe(2);
        Top(2, 97m, 10, 100m, 1);

        session.Fills.Select(f => (f.Order.Side, f.Order.Quantity, f.Price)).ShouldBe([(Side.Buy, 7m, 100m), (Side.Sell, 3m, 98m), (Side.Sell, 4m, 97m)]);
        var result = session.Result();
        result.Trades.Select(t => (t.Quantity, t.Pnl)).ShouldBe([(3m, -6m), (4m, -12m)]);
        result.OpenPositions.ShouldBeEmpty();
        result.Metrics.FinalEquity.ShouldBe(100_000m - 18m);
    }

    [Fact]
    public void A_size_given_up_goes_on_until_it_is_gone_and_one_added_takes_once_what_is_offered()
    {
        Run(new Script().At(0, Direction.Long, s => Resized(s, 0.5)).At(1, Direction.Long, s => Resized(s, 0.25)).At(2, Direction.Long, s => Resized(s, 0.75)));
        Bar();
        Top(1, 100m, 900, 100m, 900);
        Bar();
        Top(1, 100m, 200, 100m, 900);
        Top(2, 100m, 900, 100m, 900);
        Bar();
        Top(1, 100m, 900, 100m, 400);

        session.Fills.Select(f => (f.Order.Side, f.Order.Quantity)).ShouldBe([(Side.Buy, 500m), (Side.Sell, 200m), (Side.Sell, 50m), (Side.Buy, 400m)]);
        var result = session.Result();
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(650m);
        result.Refusals.ShouldHaveSingleItem().Rule.ShouldBe("book_size");
    }

    private static Signal Resized(Signal signal, double size) => signal with { PositionSize = size, Resizes = true };

    [Fact]
    public void A_market_order_takes_what_is_offered_until_it_has_all()
    {
        Run(Ordering(OrderScript.Buy(10)));
        Bar();
        Top(1, 99m, 50, 100m, 7);
        session.Push(new LiveClock(At(1, 2.5)));
        Top(2, 99m, 50, 101m, 50);
        session.Fills.Select(f => (f.Order.Quantity, f.Price)).ShouldBe([(7m, 100m), (3m, 101m)]);
        session.Result().Orders!.Filled.ShouldBe(1);
    }

    [Fact]
    public void A_limit_order_waits_for_the_book_to_cross_it_and_fills_at_its_price()
    {
        Run(Ordering(OrderScript.BuyLimit(10, 98), OrderScript.BuyLimit(1, 101) with { PostOnly = true }, OrderScript.BuyLimit(2, 105), OrderScript.BuyLimit(600, 100) with { TimeInForce = TimeInForce.FillOrKill }));
        Bar();
        Top(1, 99m, 50, 100m, 500);
        Top(2, 97m, 50, 97.5m, 500, isValid: false);
        Top(3, 97m, 50, 97.5m, 500);
        session.Fills.Select(f => (f.Order.Quantity, f.Price)).ShouldBe([(2m, 100m), (10m, 98m)]);
        session.Result().Orders!.Unfilled.Select(o => (o.Id, o.Rule)).ShouldBe([(2L, "post_only"), (4L, "fill_or_kill")]);
    }

    [Fact]
    public void A_bracket_follows_the_bid()
    {
        Run(Ordering(OrderScript.Buy(10) with { StopLoss = 95, TakeProfit = 110 }));
        Bar();
        Top(1, 99m, 50, 100m, 500);
        Top(2, 95.5m, 50, 96m, 500);
        Top(3, 94m, 4, 96m, 500);
        Top(4, 93m, 50, 96m, 500);
        session.Fills.Select(f => (f.Order.Side, f.Order.Quantity, f.Price)).ShouldBe([(Side.Buy, 10m, 100m), (Side.Sell, 4m, 94m), (Side.Sell, 6m, 93m)]);
        var orders = session.Result().Orders!;
        (orders.Submitted, orders.Filled, orders.Cancelled, orders.Working).ShouldBe((3, 2, 1, 0));
        var replay = SessionReplay.Run(journal.Records, new Scripts(() => Ordering(OrderScript.Buy(10) with { StopLoss = 95, TakeProfit = 110 })));
        replay.Difference.ShouldBeNull();
        replay.Digest.ShouldBe(session.Digest);
    }

    private static Script Ordering(params OrderRequest[] orders) => new Script().Watch(c =>
    {
        if (c.Past(0).Count != 1) return;
        foreach (var order in orders) c.Submit(order);
    });

    [Fact]
    public void A_stop_is_met_by_the_bid()
    {
        Run(new Script().At(0, Direction.Long, s => s.With(0.1, stop: 95)));
        Bar();
        Top(1, 99.5m, 1_000, 100m, 1_000);
        Top(2, 95.01m, 1_000, 96m, 1_000);
        session.Fills.Count.ShouldBe(1);
        Top(3, 94m, 1_000, 96m, 1_000);
        session.Fills[1].Price.ShouldBe(94m);
        session.Result().Trades.ShouldHaveSingleItem().Reason.ShouldBe("stop");
    }

    [Fact]
    public void A_stop_that_a_bar_shows_is_executed_at_the_next_valid_book()
    {
        Run(new Script().At(0, Direction.Long, s => s.With(0.1, stop: 99.5)), FillRule.Book);
        Bar();
        Top(1, 99.9m, 1_000, 100m, 1_000);
        Top(2, 99m, 1_000, 100m, 1_000, isValid: false);
        Bar();
        // The bar in which the entry happened may have been low before it.
        Top(1, 99.9m, 1_000, 100m, 1_000);
        session.Fills.Count.ShouldBe(1);
        Top(2, 99m, 1_000, 100m, 1_000, isValid: false);
        Bar();
        session.Fills.Count.ShouldBe(1);
        Top(1, 99.9m, 1_000, 100m, 1_000);
        session.Fills[1].Price.ShouldBe(99.9m);
        session.Result().Trades.ShouldHaveSingleItem().Reason.ShouldBe("stop");
    }

    [Fact]
    public void A_journal_of_books_replays_to_the_same()
    {
        An_entry_takes_once_what_is_offered_and_an_exit_goes_on_until_nothing_is_left();
        var replay = SessionReplay.Run(journal.Records, new Scripts(() => new Script().At(0, Direction.Long).At(1, Direction.Flat)));
        replay.Difference.ShouldBeNull();
        replay.ByKind[SessionRecordKind.Fill].ShouldBe(3);
        replay.Digest.ShouldBe(session.Digest);
    }

    private static Timestamp At(int minute, double seconds) => Runs.Start + TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(seconds);

    private void Run(Script script, FillRule fill = FillRule.Book)
    {
        var options = new BacktestOptions { FeeBps = 0, SlippageBps = 0, AllowGaps = true };
        session = PaperSession.Begin(SessionRuns.Plan(Runs.Inputs(Minutes), options) with { Fill = fill }, new Scripts(() => script), journal);
    }

    // A bar is known a second after its close; a top some seconds after the last close.
    private void Bar()
    {
        session.Push(new LiveBar(At(bars + 1, 1), 0, Minutes[bars]));
        bars++;
    }

    private void Top(double seconds, decimal bid, decimal bidSize, decimal ask, decimal askSize, bool isValid = true) =>
        session.Push(new LiveTop(At(bars, 1 + seconds), 0, new BookLevel(bid, bidSize), new BookLevel(ask, askSize), isValid));
}
