using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Pipeline.Realtime.Signals;

namespace Mts.UnitTests.Spreads;

public sealed class RealtimeSignalTests
{
    [Fact]
    public void Of_an_arbitrage_has_the_original_confidence()
    {
        // 0.25 % and 1.2 of size: (0.6 + 0.5) / 2.
        ArbitrageSignals.Confidence(1.2, 0.25).ShouldBe(0.55, 1e-12);
        ArbitrageSignals.Confidence(9, 9).ShouldBe(1);
        ArbitrageSignals.StrengthOf(0.25).ShouldBe(StrengthLevel.Strong);
        ArbitrageSignals.StrengthOf(0.1).ShouldBe(StrengthLevel.Moderate);
    }

    [Fact]
    public void Of_an_arbitrage_buys_at_the_ask()
    {
        var rig = new MarketRig(MarketRig.Plain with { MaxNotional = 1e6 });
        rig.Book("binance", 0, [(43000, 2)], [(43010, 2)]);
        rig.Book("bybit", 1, [(43010 * 1.0025, 1.5)], [(43130, 1.5)]);

        var signal = rig.Signals.ShouldHaveSingleItem();
        signal.Kind.ShouldBe(RealtimeSignalKind.Arbitrage);
        signal.Direction.ShouldBe(Direction.Long);
        signal.Price.ShouldBe(43010);
        signal.Confidence.ShouldBe(0.55, 1e-9);
        signal.Strength.ShouldBe(StrengthLevel.Strong);
        signal.Percent.ShouldBe(0.25, 1e-9);
        signal.Other!.Venue.ShouldBe("bybit");
        signal.Expires.ShouldBe(MarketRig.At(120_001));
        signal.StandsAt(MarketRig.At(600_000)).ShouldBeFalse();
    }

    [Fact]
    public void Of_an_arbitrage_counts_what_fees_leave()
    {
        // Gross 0.20925 %, 1.2 of size: net 0.109 % gives (0.6 + 0.218) / 2 = 0.41, which is too little confidence.
        var fees = new Dictionary<string, double>(StringComparer.Ordinal) { ["binance_spot"] = 5, ["bybit_spot"] = 5 };
        var rig = new MarketRig(MarketRig.Plain with { MaxNotional = 1e6, FeesBps = fees });
        rig.Book("binance", 0, [(43000, 2)], [(43010, 2)]);
        rig.Book("bybit", 1, [(43100, 1.5)], [(43110, 1.5)]);
        rig.Opened.ShouldHaveSingleItem();
        rig.Signals.ShouldBeEmpty();

        // The same opportunity, grown: one signal.
        rig.Book("bybit", 2, [(43150, 3)], [(43160, 1.5)]);
        rig.Book("bybit", 3, [(43160, 3)], [(43170, 1.5)]);
        rig.Signals.ShouldHaveSingleItem().Time.ShouldBe(MarketRig.At(2));
    }

    [Fact]
    public void Of_a_small_profit_is_none()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, [(43000, 2)], [(43010, 2)]);
        rig.Book("bybit", 1, [(43010 * 1.0005, 9)], [(43040, 9)]);

        rig.Signals.ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_wide_spread_says_nothing_of_the_direction()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43000, 43100);

        var signal = rig.Signals.ShouldHaveSingleItem();
        signal.Kind.ShouldBe(RealtimeSignalKind.SpreadAnomaly);
        signal.Direction.ShouldBe(Direction.Flat);
        signal.Percent.ShouldBe(0.2326, 5e-5);
        signal.Confidence.ShouldBe(0.2326 / 0.5, 1e-4);
        signal.Strength.ShouldBe(StrengthLevel.Moderate);
        signal.Expires.ShouldBe(MarketRig.At(300_000));
    }

    [Fact]
    public void Comes_again_when_it_is_stronger_or_the_last_has_expired()
    {
        var rig = new MarketRig();
        rig.Top("binance", 0, 43000, 43050); // 0.116 %, weak
        rig.Top("binance", 1_000, 43000, 43060);
        rig.Top("binance", 2_000, 43000, 43100); // moderate
        rig.Top("binance", 3_000, 43000, 43050);
        rig.Top("binance", 302_000, 43000, 43050);

        rig.Signals.Select(s => s.Time).ShouldBe([MarketRig.At(0), MarketRig.At(2_000), MarketRig.At(302_000)]);
        rig.Signals.Select(s => s.Id).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Of_what_is_offered_holds_it_against_the_measurement_before()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, Five(1), Five(1, 43000));
        rig.Book("binance", 1_000, Five(1.4), Five(1.4, 43000)); // + 40 %
        rig.Signals.ShouldBeEmpty();
        rig.Book("binance", 2_000, Five(14), Five(14, 43000));

        var signal = rig.Signals.ShouldHaveSingleItem();
        signal.Kind.ShouldBe(RealtimeSignalKind.VolumeSpike);
        signal.Percent.ShouldBe(900, 1e-6);
        signal.Strength.ShouldBe(StrengthLevel.Strong);
        signal.Confidence.ShouldBe(1);
    }

    [Fact]
    public void Of_what_is_offered_looks_at_the_best_five_levels_only()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, Five(1), Five(1, 43000));
        rig.Book("binance", 1_000, [.. Five(1), (42000, 1e6)], [.. Five(1, 43000), (44000, 1e6)]);

        rig.Signals.ShouldBeEmpty();
    }

    [Fact]
    public void Does_not_compare_across_a_broken_book()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, Five(1), Five(1, 43000));
        rig.Break("binance", 500);
        rig.Book("binance", 1_000, Five(10), Five(10, 43000));

        rig.Signals.ShouldBeEmpty();
    }

    [Fact]
    public void Comes_from_no_book_that_is_not_valid()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, [(43200, 1)], [(43100, 1)]); // crossed
        rig.Book("bybit", 0, [(43000, 1)], []);

        rig.Signals.ShouldBeEmpty();
    }

    [Fact]
    public void Volatility_is_the_population_deviation_of_fourteen_returns()
    {
        var rig = new MarketRig();
        for (var k = 0; k < 20; k++) rig.Bar("binance", Minute(k), 100 + (7 * k % 5));

        rig.Volatilities.Count.ShouldBe(6);
        rig.Volatilities[^1].Value.ShouldBe(0.0909262, 5e-8);
        rig.Volatilities[^1].Time.ShouldBe(Minute(20));
        rig.Volatilities[^1].PerYear.ShouldBe(0.0909262 * Math.Sqrt(35_040), 1e-5);
    }

    [Fact]
    public void Volatility_above_its_limit_is_a_signal_once()
    {
        var rig = new MarketRig();
        for (var k = 0; k < 20; k++) rig.Bar("binance", Minute(k), 100 + (7 * k % 5));

        var signal = rig.Signals.Where(s => s.Time < Minute(19)).ShouldHaveSingleItem(); // 15 to 19, strong from the start
        signal.Kind.ShouldBe(RealtimeSignalKind.Volatility);
        signal.Time.ShouldBe(Minute(15));
        signal.Percent.ShouldBe(rig.Volatilities[0].Value * 100);
        rig.Signals.Count.ShouldBe(2); // the second one when the first has expired
    }

    [Fact]
    public void Volatility_begins_anew_behind_a_hole()
    {
        var rig = new MarketRig();
        for (var k = 0; k < 14; k++) rig.Bar("binance", Minute(k), 100 + k);
        for (var k = 15; k < 29; k++) rig.Bar("binance", Minute(k), 100 + k);
        rig.Volatilities.ShouldBeEmpty();

        rig.Bar("binance", Minute(29), 129);
        rig.Volatilities.ShouldHaveSingleItem();
    }

    [Fact]
    public void Volatility_of_bars_fetched_long_after_is_no_signal()
    {
        var rig = new MarketRig();
        for (var k = 0; k < 20; k++) rig.Bar("binance", Minute(k), 100 + (7 * k % 5), received: Minute(60));

        rig.Volatilities.Count.ShouldBe(6);
        rig.Signals.ShouldBeEmpty();
    }

    private static Timestamp Minute(int k) => Interval.Minute.Floor(MarketRig.At(0)) + TimeSpan.FromMinutes(k);

    private static (double Price, double Size)[] Five(double size, double best = 42999) =>
        [.. Enumerable.Range(0, 5).Select(i => (best >= 43000 ? best + i : best - i, size))];
}
