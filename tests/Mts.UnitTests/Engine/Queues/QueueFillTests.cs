using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Execution.Queues;
using static Mts.UnitTests.Engine.OrderScript;

namespace Mts.UnitTests.Engine.Queues;

/// <summary>Limit orders in a recorded book, worked out by hand. The order is given at second 0; 5 are shown at 100 then, unless a test says otherwise.</summary>
public sealed class QueueFillTests
{
    [Fact]
    public void Waits_until_all_that_was_shown_has_traded()
    {
        // 5 ahead: 3 trade, 2 are left; 4 trade, 2 of them are for the others and 2 for the order; then 1.
        BookScene.With((100, 5)).At(1).Sold(100, 3).At(2).Sold(100, 4).At(3).Sold(100, 9)
            .Fills(new OrderScript().At(0, BuyLimit(3, 100))).ShouldBe(["2: buy 2 @ 100 queue 2", "3: buy 1 @ 100 queue 0"]);
    }

    [Fact]
    public void A_sale_waits_in_the_asks()
    {
        // 10 are shown at 101.
        BookScene.With((100, 5)).At(1).Bought(101, 10.5m).At(2).Bought(101, 2)
            .Fills(new OrderScript().At(0, Buy(1)).At(0, SellLimit(1, 101)), more: o => o with { AllowShort = true })
            .ShouldBe(["0: buy 1 @ 101 taken", "1: sell 0.5 @ 101 queue 10", "2: sell 0.5 @ 101 queue 0"]);
    }

    [Fact]
    public void Trades_on_the_other_side_or_at_worse_prices_do_not_serve_it() =>
        BookScene.With((100, 5)).At(1).Bought(101, 50).At(2).Sold(100.5m, 50).Fills(new OrderScript().At(0, BuyLimit(1, 100))).ShouldBeEmpty();

    [Fact]
    public void What_joins_later_stands_behind()
    {
        // 5 shown, then 20: 5 are ahead still.
        BookScene.With((100, 5)).At(1).Bid(100, 20).Done().At(2).Sold(100, 6).Fills(new OrderScript().At(0, BuyLimit(1, 100))).ShouldBe(["2: buy 1 @ 100 queue 5"]);
    }

    [Theory]
    // 5 ahead, 15 join behind, then 4 of the 20 are cancelled.
    [InlineData("risk-averse", "5")] // all 4 behind
    [InlineData("power:1", "4")] // 5/20 of 4 = 1 ahead
    [InlineData("power:3", "4.85714286")] // 125 / (125 + 3375) of 4 = 0.142857142…, rounded down
    [InlineData("log", "3.42977846")] // ln 6 / (ln 6 + ln 16) of 4 = 1.57022154…
    public void A_cancellation_moves_it_forward_by_the_model(string model, string ahead)
    {
        BookScene.With((100, 5)).At(1).Bid(100, 20).Done().At(2).Bid(100, 16).Done().At(3).Sold(100, 16)
            .Fills(new OrderScript().At(0, BuyLimit(1, 100)), QueueModel.Parse(model)).ShouldBe([$"3: buy 1 @ 100 queue {ahead}"]);
    }

    [Fact]
    public void What_traded_is_not_cancelled_as_well()
    {
        // 5 ahead and 5 behind; 2 trade, the level then shows 8: nobody has cancelled. 3 are ahead.
        BookScene.With((100, 5)).At(1).Bid(100, 10).Done().At(2).Sold(100, 2).At(2.1).Bid(100, 8).Done().At(3).Sold(100, 4)
            .Fills(new OrderScript().At(0, BuyLimit(1, 100)), QueueModel.Power(1)).ShouldBe(["3: buy 1 @ 100 queue 3"]);
    }

    [Fact]
    public void Cancellations_behind_it_come_to_an_end()
    {
        // 5 ahead, none behind: what is cancelled was ahead, in every model. 2 are left.
        BookScene.With((100, 5)).At(1).Bid(100, 2).Done().At(3).Sold(100, 3).Fills(new OrderScript().At(0, BuyLimit(1, 100))).ShouldBe(["3: buy 1 @ 100 queue 2"]);
    }

    [Fact]
    public void An_emptied_level_leaves_it_in_front() =>
        BookScene.With((100, 5), (99, 5)).At(1).Bid(100, 0).Done().At(2).Bid(100, 7).Done().At(3).Sold(100, 0.25m)
            .Fills(new OrderScript().At(0, BuyLimit(1, 100))).ShouldBe(["3: buy 0.25 @ 100 queue 0"]);

    [Fact]
    public void A_trade_beyond_its_price_fills_no_more_than_was_traded()
    {
        BookScene.With((100, 5), (99, 5)).At(1).Sold(99, 2).At(2).Sold(100, 4)
            .Fills(new OrderScript().At(0, BuyLimit(3, 100))).ShouldBe(["1: buy 2 @ 100 through 5", "2: buy 1 @ 100 queue 0"]);
    }

    [Fact]
    public void Who_offers_at_its_price_would_have_met_it()
    {
        // 2 offered at 100 and 1 at 99.5: 3 of the 4, once; another 2 at 100 later.
        BookScene.With((100, 5), (98, 5)).At(1).Bid(100, 0).Ask(99.5m, 1).Ask(100, 2).Done().At(2).Ask(102, 1).Done().At(3).Ask(100, 5).Done()
            .Fills(new OrderScript().At(0, BuyLimit(4, 100))).ShouldBe(["1: buy 1 @ 100 crossed 0", "1: buy 2 @ 100 crossed 0", "3: buy 1 @ 100 crossed 0"]);
    }

    [Fact]
    public void A_sale_is_met_as_well() =>
        BookScene.With((100, 5)).At(1).Ask(101, 0).Ask(102, 5).Bid(101.5m, 3).Done().Fills(new OrderScript().At(0, SellLimit(1, 101)), more: o => o with { AllowShort = true })
            .ShouldBe(["1: sell 1 @ 101 crossed 0"]);

    [Fact]
    public void Own_orders_are_served_one_after_the_other()
    {
        // 7 trade: half a one for the order at the better price, 5 for those ahead, 1 for the first, the other half for the second.
        BookScene.With((100, 5), (98.5m, 1)).At(1).Sold(100, 7).Fills(new OrderScript().At(0, BuyLimit(1, 100)).At(0, BuyLimit(2, 100)).At(0, BuyLimit(0.5m, 100.5m)))
            .ShouldBe(["1: buy 0.5 @ 100.5 through 0", "1: buy 1 @ 100 queue 5", "1: buy 0.5 @ 100 queue 5"]);
    }

    [Fact]
    public void A_limit_that_takes_pays_the_offers_and_rests_with_what_is_left()
    {
        // 10 at 101 are taken; 2 rest at 101.5, where nobody else buys.
        BookScene.With((100, 5)).At(1).Sold(101.5m, 1).Fills(new OrderScript().At(0, BuyLimit(12, 101.5m)))
            .ShouldBe(["0: buy 10 @ 101 taken", "1: buy 1 @ 101.5 queue 0"]);
    }

    [Fact]
    public void Maker_and_taker_pay_their_fees()
    {
        var result = BookScene.With((100, 5)).At(1).Sold(101.5m, 2).Run(
            new OrderScript().At(0, BuyLimit(12, 101.5m)), more: o => o with { FeeBps = 10, Costs = new() { MakerBps = 2 } });
        result.Metrics.FeesTaker.ShouldBe(1.01m); // 10 × 101 × 0.001
        result.Metrics.FeesMaker.ShouldBe(0.0406m); // 2 × 101.5 × 0.0002
    }

    [Fact]
    public void Post_only_is_refused_where_it_would_take() =>
        BookScene.With((100, 5)).Run(new OrderScript().At(0, BuyLimit(1, 101) with { PostOnly = true })).Orders!.Unfilled.ShouldHaveSingleItem().Rule.ShouldBe("post_only");

    [Theory]
    [InlineData(TimeInForce.FillOrKill, 12, "0: buy 10 @ 101 taken,0: buy 2 @ 102 taken", "")]
    [InlineData(TimeInForce.FillOrKill, 16, "", "fill_or_kill")]
    [InlineData(TimeInForce.ImmediateOrCancel, 16, "0: buy 10 @ 101 taken,0: buy 5 @ 102 taken", "immediate")]
    public void A_market_order_walks_the_book(TimeInForce force, decimal quantity, string fills, string rule)
    {
        var script = new OrderScript().At(0, Buy(quantity) with { TimeInForce = force });
        var result = BookScene.With((100, 5)).At(-5).Ask(102, 5).Done().Run(script);
        string.Join(",", result.Book!.Fills.Select(BookScene.Text)).ShouldBe(fills);
        string.Join(",", result.Orders!.Unfilled.Select(o => o.Rule)).ShouldBe(rule);
    }

    [Fact]
    public void What_it_has_taken_is_not_offered_again() =>
        BookScene.With((100, 5)).At(1).Bid(99, 1).Done().At(2).Ask(101, 12).Done().Fills(new OrderScript().At(0, Buy(13)))
            .ShouldBe(["0: buy 10 @ 101 taken", "2: buy 2 @ 101 taken"]);

    [Fact]
    public void Latency_lets_others_join_before_it()
    {
        BookScene.With((100, 5)).At(0.2).Bid(100, 8).Done().At(1).Sold(100, 9)
            .Fills(new OrderScript().At(0, BuyLimit(2, 100)), more: o => o with { Execution = o.Execution with { OrderLatency = TimeSpan.FromMilliseconds(150), FeedLatency = TimeSpan.FromMilliseconds(100) } })
            .ShouldBe(["1: buy 1 @ 100 queue 8"]);
    }

    [Fact]
    public void A_cancellation_takes_as_long()
    {
        var script = new OrderScript().At(0, BuyLimit(2, 100)).Do(1, c => c.Cancel(1));
        BookScene.With((100, 5)).At(60.1).Sold(100, 6).At(60.3).Sold(100, 6)
            .Fills(script, more: o => o with { Execution = o.Execution with { OrderLatency = TimeSpan.FromMilliseconds(250) } }).ShouldBe(["60.1: buy 1 @ 100 queue 5"]);
        script.Told.ShouldBe(["1 PartlyFilled 1 @ 100", "1 Cancelled strategy"]);
    }

    [Fact]
    public void Nothing_fills_while_the_book_is_not_to_be_believed_and_its_place_is_lost()
    {
        // 5 ahead, 4 trade; the book is lost; 100 trade unseen; it comes back with 6 at the price, all taken to be ahead.
        var result = BookScene.With((100, 5)).At(1).Sold(100, 4).At(2).Lost().At(3).Sold(100, 100).At(4).Bid(100, 6).Done().At(5).Sold(100, 7)
            .Run(new OrderScript().At(0, BuyLimit(2, 100)));
        result.Book!.Fills.Select(BookScene.Text).ShouldBe(["5: buy 1 @ 100 queue 6"]);
        var queued = result.Book.Queued.ShouldHaveSingleItem();
        (queued.AheadAtEntry, queued.PlacesLost, queued.Filled, queued.AheadAtEnd).ShouldBe((5, 1, 1, 0));
        result.Book.Markets[0].Losses.ShouldBe(1);
    }

    [Fact]
    public void Beyond_what_is_known_of_the_book_it_waits_for_its_price_to_be_seen()
    {
        // Known down to 99: a trade at 98 proves nothing for an order there, one at 97 does.
        BookScene.With((100, 5)).At(-9).BidsKnownTo(99).Done().At(1).Sold(98, 50).At(2).Bid(98, 4).Done().At(3).Sold(98, 5)
            .Fills(new OrderScript().At(0, BuyLimit(2, 98))).ShouldBe(["3: buy 1 @ 98 queue 4"]);
        BookScene.With((100, 5)).At(-9).BidsKnownTo(99).Done().At(1).Sold(98, 50).At(2).Sold(97, 1)
            .Fills(new OrderScript().At(0, BuyLimit(2, 98))).ShouldBe(["2: buy 1 @ 98 through"]);
    }

    [Fact]
    public void A_level_that_leaves_the_known_part_is_not_an_empty_one()
    {
        // The book shows fewer levels: 99 is not shown any more, and later is, with 9. At most 5 of them are ahead.
        BookScene.With((100, 5), (99, 5)).At(1).BidsKnownTo(100).Bid(99, 0).Done().At(2).BidsKnownTo(99).Bid(99, 9).Done().At(3).Sold(99, 6)
            .Fills(new OrderScript().At(0, BuyLimit(2, 99))).ShouldBe(["3: buy 1 @ 99 queue 5"]);
    }

    [Fact]
    public void A_price_between_two_steps_is_moved_to_one() =>
        BookScene.With((100, 5), (99.5m, 5)).At(1).Sold(99.5m, 6).Fills(new OrderScript().At(0, BuyLimit(1, 99.9m))).ShouldBe(["1: buy 1 @ 99.5 queue 5"]);

    [Fact]
    public void Stops_are_set_off_by_the_price_that_they_would_take()
    {
        var script = new OrderScript().At(0, Buy(2)).At(0, SellStop(2, 99.5m));
        BookScene.With((100, 5), (99, 1), (98, 9)).At(1).Bid(100, 0).Done().Fills(script).ShouldBe(["0: buy 2 @ 101 taken", "1: sell 1 @ 99 taken", "1: sell 1 @ 98 taken"]);
    }

    [Fact]
    public void Brackets_wait_in_the_book_from_the_fill_on()
    {
        // Filled at 1 s; the target joins behind the 10 that are shown at 101; 11 trade there.
        var script = new OrderScript().At(0, BuyLimit(1, 100) with { StopLoss = 95, TakeProfit = 101 });
        BookScene.With((100, 5)).At(1).Sold(100, 6).At(2).Bid(100, 1).Done().At(3).Bought(101, 11).Fills(script)
            .ShouldBe(["1: buy 1 @ 100 queue 5", "3: sell 1 @ 101 queue 10"]);
    }

    [Fact]
    public void Signals_take_the_offers_and_leave_by_their_stop()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(stop: 99.5));
        var result = BookScene.With((100, 500), (99, 700), (98, 900)).At(-5).Ask(102, 2000).Done().At(1).Bid(100, 0).Done().Run(script);
        var trades = result.Trades.Select(t => FormattableString.Invariant($"{t.Quantity:0.##} {t.EntryPrice:0.##} {t.ExitPrice:0.##} {t.Reason}")).ToList();
        // 10 at 101, worth 100 each then: 99,990 / 102 = 980.29 in all. 700 go at 99, the rest at 98.
        trades.ShouldBe(["700 101.99 99 stop", "280.29 101.99 98 stop"]);
    }
}
