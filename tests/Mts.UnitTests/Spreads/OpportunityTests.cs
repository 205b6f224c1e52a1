using Mts.Core.Feeds;
using Mts.Core.Spreads;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Spreads;

public sealed class OpportunityTests
{
    [Fact]
    public void Feeds_that_are_begun_again_leave_nothing_behind()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 99, 100, 10);
        rig.Top("bybit", 1, 102, 103, 10);
        rig.Opened.ShouldHaveSingleItem();
        rig.BeginAgain(400);
        rig.Top("binance", 500, 99, 100, 10);
        rig.Ended.ShouldHaveSingleItem().End.ShouldBe(OpportunityEnd.NotValid);
        rig.Top("bybit", 501, 102, 103, 10);
        rig.Opened.Count.ShouldBe(2);
        rig.Analysis.Pairs.ShouldHaveSingleItem().Looks.ShouldBe(1);
    }

    [Fact]
    public void Of_the_original_case_buys_binance_and_sells_bybit()
    {
        var rig = new MarketRig();
        Original(rig, 0);

        var opportunity = rig.Opened.ShouldHaveSingleItem();
        opportunity.Buy.ToString().ShouldBe("binance BTC/USDT");
        opportunity.Sell.ToString().ShouldBe("bybit BTC/USDT");
        opportunity.Kind.ShouldBe(PairKind.Spot);
        opportunity.First.Execution.Absolute.ShouldBe(90);
        opportunity.First.Execution.GrossPercent.ShouldBe(0.20925, 5e-6);
        opportunity.First.Execution.Notional.ShouldBe(50_000, 1e-6); // the most that is bought unless set otherwise
    }

    [Fact]
    public void Of_the_original_case_has_1_2_to_trade()
    {
        var rig = new MarketRig(MarketRig.Plain with { MaxNotional = 1e6 });
        Original(rig, 0);

        rig.Opened.ShouldHaveSingleItem().First.Execution.Size.ShouldBe(1.2, 1e-12);
    }

    [Fact]
    public void Of_the_original_case_leaves_0_109_percent_net_of_fees()
    {
        var rig = new MarketRig(MarketRig.Plain with { FeesBps = Fees(5) });
        Original(rig, 0);

        rig.Opened.ShouldHaveSingleItem().First.Execution.NetPercent.ShouldBe(0.109, 5e-4);
    }

    [Fact]
    public void Is_none_where_fees_leave_too_little()
    {
        var rig = new MarketRig(MarketRig.Plain with { FeesBps = Fees(6) }); // 0.089 %
        Original(rig, 0);

        rig.Opened.ShouldBeEmpty();
    }

    [Fact]
    public void Is_seen_in_the_other_direction_too()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43100, 43110);
        rig.Top("bybit", 1, 43000, 43010);

        rig.Opened.ShouldHaveSingleItem().Buy.Venue.ShouldBe("bybit");
    }

    [Fact]
    public void Is_none_where_prices_meet_or_the_size_is_small_or_the_market_another()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43000, 43010);
        rig.Top("bybit", 1, 43005, 43015);
        rig.Crosses.First(c => c.Buy.Venue == "binance").MidDifference.ShouldBe(5);
        rig.Top("bybit", 2, 43100, 43110, size: 0.0028); // 0.8 · 0.0028 · 43010 = 96
        rig.Top("bybit", 3, 44000, 44010, symbol: "BTC/USDC");
        rig.Top("bybit", 3, 44000, 44010, symbol: "ETH/USDT");

        rig.Opened.ShouldBeEmpty();
    }

    [Fact]
    public void Is_followed_from_first_sighting_to_end_once()
    {
        var rig = new MarketRig();
        Original(rig, 0);
        rig.Top("bybit", 500, 43200, 43210);
        rig.Top("bybit", 900, 43120, 43130);
        rig.Analysis.Open.ShouldHaveSingleItem().Sightings.ShouldBe(3);
        rig.Top("bybit", 1_200, 43020, 43030);

        rig.Opened.ShouldHaveSingleItem();
        rig.Analysis.Open.ShouldBeEmpty();
        var ended = rig.Ended.ShouldHaveSingleItem();
        ended.Id.ShouldBe(rig.Opened[0].Id);
        ended.First.Time.ShouldBe(MarketRig.At(1));
        ended.Best.Time.ShouldBe(MarketRig.At(500));
        ended.Best.Execution.Absolute.ShouldBe(190);
        ended.Last.Time.ShouldBe(MarketRig.At(900));
        ended.Ended.ShouldBe(MarketRig.At(1_200));
        ended.End.ShouldBe(OpportunityEnd.Closed);
        ended.Duration.ShouldBe(TimeSpan.FromMilliseconds(1_199));
    }

    [Fact]
    public void Has_another_name_when_it_comes_again()
    {
        var rig = new MarketRig();
        for (var i = 0; i < 3; i++)
        {
            Original(rig, 0);
            rig.Top("bybit", 1, 43020, 43030);
        }

        rig.Opened.Select(o => o.Id).Distinct().Count().ShouldBe(3);
        rig.Ended.Select(o => o.Id).ShouldBe(rig.Opened.Select(o => o.Id));
    }

    [Fact]
    public void Ends_with_the_validity_of_a_book()
    {
        var rig = new MarketRig();
        Original(rig, 0);
        rig.Break("binance", 300);

        rig.Ended.ShouldHaveSingleItem().End.ShouldBe(OpportunityEnd.NotValid);
        rig.Ended[0].Ended.ShouldBe(MarketRig.At(300));

        // The other book goes on, and is compared with nothing.
        rig.Top("bybit", 400, 43100, 43110);
        rig.Opened.Count.ShouldBe(1);
        rig.Analysis.Pairs.ShouldHaveSingleItem().Refused.ShouldBe(new Dictionary<SpreadRefusal, long> { [SpreadRefusal.Invalid] = 1 });
    }

    [Fact]
    public void Is_none_with_a_silent_book()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43000, 43010);
        rig.Silence("binance", 5);
        rig.Top("bybit", 10, 43100, 43110);

        rig.Opened.ShouldBeEmpty();
        rig.Crosses.ShouldBeEmpty();
        rig.Analysis.Pairs.Single().Refused.ShouldBe(new Dictionary<SpreadRefusal, long> { [SpreadRefusal.Stale] = 1 });
    }

    [Fact]
    public void Ends_when_a_book_is_too_old_though_nothing_comes()
    {
        var rig = new MarketRig(); // 2 s
        Original(rig, 0);
        rig.Analysis.OnTime(MarketRig.At(1_900));
        rig.Ended.ShouldBeEmpty();
        rig.Analysis.OnTime(MarketRig.At(2_050));

        rig.Ended.ShouldHaveSingleItem().End.ShouldBe(OpportunityEnd.TooOld);
    }

    [Fact]
    public void Is_none_with_a_book_that_was_long_under_way()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43000, 43010);
        rig.Top("bybit", 0, 43000, 43010);
        rig.Top("binance", 3_000, 43000, 43010);
        // Made at 200, received at 3 100: three seconds behind what the fastest message showed.
        rig.Book("bybit", 3_100, [(43100, 1)], [(43110, 1)], venueTime: 200);

        rig.Opened.ShouldBeEmpty();
        rig.Analysis.Pairs.Single().Refused.Keys.ShouldContain(SpreadRefusal.TooOld);
    }

    [Fact]
    public void Does_not_care_how_the_venues_clocks_are_set()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, [(43000, 2)], [(43010, 2)], ahead: 1_270);
        rig.Book("bybit", 30, [(43100, 1.5)], [(43110, 1.5)], ahead: -90_000);

        rig.Opened.ShouldHaveSingleItem();
        var cross = rig.Crosses[0];
        cross.Skew.TotalMilliseconds.ShouldBe(30, 1.001);
        cross.SkewUncertainty.TotalMilliseconds.ShouldBe(2, 0.001);
        rig.Analysis.ClockOf("binance", MarketKind.Spot)!.Value.Offset.TotalMilliseconds.ShouldBe(1_271, 0.001);
        rig.Analysis.ClockOf("bybit", MarketKind.Spot)!.Value.Offset.TotalMilliseconds.ShouldBe(-89_999, 0.001);
    }

    [Fact]
    public void Counts_the_uncertainty_of_a_clock_against_a_book()
    {
        var rig = new MarketRig(MarketRig.Plain with { Clock = new ClockOptions { AssumedTransit = TimeSpan.FromSeconds(5), DriftPpm = 0 } });
        Original(rig, 0); // up to five seconds old

        rig.Opened.ShouldBeEmpty();
        rig.Analysis.OnProbe("binance", MarketKind.Spot, new ClockProbe(MarketRig.At(10), MarketRig.At(11), MarketRig.At(12)));
        rig.Analysis.OnProbe("bybit", MarketKind.Spot, new ClockProbe(MarketRig.At(10), MarketRig.At(11), MarketRig.At(12)));
        Original(rig, 20);
        rig.Opened.ShouldHaveSingleItem();
    }

    [Fact]
    public void Is_none_of_books_that_all_come_too_late_however_long_they_do()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, [(43000, 2)], [(43010, 2)]);
        // From then on everything of the one venue is held up for 2.5 s, for longer than the window of its clock.
        for (var now = 3_000.0; now < 200_000; now += 500)
        {
            rig.Book("binance", now, [(43000, 2)], [(43010, 2)], venueTime: now - 2_500);
            rig.Book("bybit", now + 1, [(43100, 1.5)], [(43110, 1.5)]);
        }

        rig.Opened.ShouldBeEmpty();
        rig.Crosses.ShouldBeEmpty();
        rig.Analysis.Pairs.Single().Refused.Keys.ShouldBe([SpreadRefusal.TooOld]);
    }

    [Fact]
    public void Is_not_believed_where_it_is_too_good()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 100, 101);
        rig.Top("bybit", 1, 200, 201);

        rig.Opened.ShouldBeEmpty();
        rig.Analysis.Pairs.Single().Refused.ShouldBe(new Dictionary<SpreadRefusal, long> { [SpreadRefusal.Implausible] = 1 });
    }

    [Fact]
    public void Is_none_where_a_fee_is_not_configured()
    {
        var rig = new MarketRig(MarketRig.Plain with { FeesBps = new Dictionary<string, double>(StringComparer.Ordinal) { ["binance_spot"] = 0 } });
        Original(rig, 0);

        rig.Opened.ShouldBeEmpty();
        rig.Analysis.Pairs.Single().Refused.Keys.ShouldContain(SpreadRefusal.NoFee);
    }

    [Fact]
    public void Between_perpetuals_pays_both_legs_twice_and_the_funding()
    {
        // Within 8 h the buying leg pays 0.01 % twice (every four hours), the selling leg receives 0.03 % once: 10·0.0001·2 − …
        var options = MarketRig.Plain with { FeesBps = Fees(1), MinPercent = 0 };
        var rig = new MarketRig(options, (venue, _) => TimeSpan.FromHours(venue == "binance" ? 4 : 8));
        rig.Mark("binance", 0, 1_000, 0.0001, nextAt: 3_600_000);
        rig.Mark("bybit", 0, 1_000, 0.0003, nextAt: 3_600_000);
        rig.Top("binance", 10, 999, 1_000, size: 10, symbol: "BTC/USDT:USDT");
        rig.Top("bybit", 11, 1_002, 1_003, size: 10, symbol: "BTC/USDT:USDT");

        var execution = rig.Opened.ShouldHaveSingleItem().First.Execution;
        execution.Size.ShouldBe(8);
        execution.Funding.ShouldBe(8 * (-0.2 + 0.3), 1e-9);
        execution.Fees.ShouldBe(8 * ((1_000 * 0.0002) + (1_002 * 0.0002)), 1e-9);
        execution.Net.ShouldBe(8 * (2 - 0.4004 + 0.1), 1e-9);
    }

    [Fact]
    public void Between_perpetuals_is_none_while_funding_is_not_known()
    {
        var rig = new MarketRig();
        rig.Mark("binance", 0, 1_000, 0.0001, nextAt: 3_600_000);
        rig.Top("binance", 10, 999, 1_000, symbol: "BTC/USDT:USDT");
        rig.Top("bybit", 11, 1_020, 1_021, symbol: "BTC/USDT:USDT");
        rig.Opened.ShouldBeEmpty();

        rig.Mark("bybit", 20, 1_000, 0.0001, nextAt: 3_600_000);
        rig.Top("bybit", 21, 1_020, 1_021, symbol: "BTC/USDT:USDT");
        rig.Opened.ShouldHaveSingleItem();

        // 61 s without a word of binance's funding.
        rig.Mark("bybit", 61_010, 1_000, 0.0001, nextAt: 3_600_000);
        rig.Top("binance", 61_020, 999, 1_000, symbol: "BTC/USDT:USDT");
        rig.Ended.ShouldHaveSingleItem().End.ShouldBe(OpportunityEnd.TooOld);
        rig.Top("bybit", 61_021, 1_020, 1_021, symbol: "BTC/USDT:USDT");
        rig.Opened.Count.ShouldBe(1);
        rig.Analysis.Pairs.Single().Refused.Keys.ShouldContain(SpreadRefusal.FundingUnknown);
    }

    [Fact]
    public void Between_spot_and_perpetual_of_one_venue_has_no_transfer()
    {
        var rig = new MarketRig(MarketRig.Plain with { TransferCost = 1e6, Holding = TimeSpan.Zero });
        rig.Top("binance", 0, 43000, 43010);
        rig.Top("binance", 1, 43100, 43110, symbol: "BTC/USDT:USDT");

        var opportunity = rig.Opened.ShouldHaveSingleItem();
        opportunity.Kind.ShouldBe(PairKind.Basis);
        opportunity.Sell.ToString().ShouldBe("binance BTC/USDT:USDT");
        opportunity.First.Execution.Transfer.ShouldBe(0);
    }

    [Fact]
    public void Is_looked_for_only_in_the_pairs_that_are_asked_for()
    {
        var rig = new MarketRig(MarketRig.Plain with { Pairs = ["perp"] });
        Original(rig, 0);
        rig.Top("binance", 1, 43100, 43110, symbol: "BTC/USDT:USDT");

        rig.Analysis.Pairs.ShouldBeEmpty();
        rig.Opened.ShouldBeEmpty();
    }

    [Fact]
    public void That_is_open_ends_when_nobody_looks_any_more()
    {
        var rig = new MarketRig();
        Original(rig, 0);
        rig.Analysis.Finish(MarketRig.At(100));
        rig.Analysis.Finish(MarketRig.At(200));

        rig.Ended.ShouldHaveSingleItem().End.ShouldBe(OpportunityEnd.Stopped);
    }

    private static void Original(MarketRig rig, double now)
    {
        rig.Book("binance", now, [(43000, 2)], [(43010, 2)]);
        rig.Book("bybit", now + 1, [(43100, 1.5)], [(43110, 1.5)]);
    }

    private static Dictionary<string, double> Fees(double bps) =>
        new(StringComparer.Ordinal) { ["binance_spot"] = bps, ["binance_perp"] = bps, ["bybit_spot"] = bps, ["bybit_perp"] = bps };
}
