using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.UnitTests.Storage;
using static Mts.UnitTests.Alerts.RuleRun;

namespace Mts.UnitTests.Alerts;

public sealed class AlertRuleTests
{
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    [Fact]
    public void A_price_is_told_when_it_passes_the_limit_and_when_it_is_back_by_more_than_the_hysteresis() =>
        // 100 less 1 % is 99: 99.5 is near the limit and says nothing.
        new RuleRun("price", "above=100 hysteresis=0.01").Prices((0, 99), (1, 100), (2, 100.5), (3, 99.5), (4, 101), (5, 99), (6, 98))
            .Lines.ShouldBe(["2 Raised binance BTC/USDT above 100.00", "5 Cleared binance BTC/USDT no longer above 100.00"]);

    [Fact]
    public void A_limit_below_works_the_other_way_round() =>
        new RuleRun("price", "below=100 hysteresis=0.01").Prices((0, 100), (1, 99), (2, 100.9), (3, 101))
            .Lines.ShouldBe(["1 Raised binance BTC/USDT below 100.00", "3 Cleared binance BTC/USDT no longer below 100.00"]);

    [Fact]
    public void A_value_that_dances_on_the_limit_raises_one_alert()
    {
        var run = new RuleRun("price", "above=100");
        for (var i = 0; i < 1_000; i++) run.Prices((i, i % 2 == 0 ? 100.01 : 99.99));
        run.Alerts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_value_that_swings_widely_is_told_again_after_the_cool_down_and_only_while_it_holds() =>
        new RuleRun("price", "above=100", TimeSpan.FromSeconds(60)).Prices((0, 110), (10, 90), (20, 110), (30, 90), (40, 110), (59, 110), (60, 110), (61, 90))
            .Lines.ShouldBe(
            [
                "0 Raised binance BTC/USDT above 100.00", "10 Cleared binance BTC/USDT no longer above 100.00",
                "60 Raised binance BTC/USDT above 100.00", "61 Cleared binance BTC/USDT no longer above 100.00",
            ]);

    [Fact]
    public void The_side_on_which_a_price_starts_is_no_crossing() =>
        new RuleRun("price", "crosses=100 hysteresis=0.01").Prices((0, 105), (1, 99.5), (2, 98), (3, 99.5), (4, 100.5))
            .Lines.ShouldBe(["2 Cleared binance BTC/USDT fell below 100.00", "4 Raised binance BTC/USDT rose above 100.00"]);

    [Fact]
    public void A_change_is_measured_from_the_price_a_window_before()
    {
        // At 60 s the reference is 100 (+4 %), at 70 s it is 101 (106.04 / 101 = +4.99 %), at 80 s 102: 108 / 102 = +5.88 %.
        var run = new RuleRun("change", "by=0.05 window=60s").Prices((0, 100), (10, 101), (20, 102), (60, 104), (70, 106.04), (80, 108));
        run.Lines.ShouldBe(["80 Raised binance BTC/USDT up 5.8824 % in 1 min"]);
        run.Alerts[0].Figures.ShouldContain(new AlertFigure("change", (108 / 102.0) - 1));
    }

    [Fact]
    public void A_change_says_nothing_where_the_price_of_then_is_unknown() =>
        new RuleRun("change", "by=0.05 window=60s").Prices((0, 100), (59, 120), (300, 200)).Lines.ShouldBeEmpty();

    [Theory]
    [InlineData("up", 94, 0)]
    [InlineData("down", 94, 1)]
    [InlineData("any", 94, 1)]
    [InlineData("up", 106, 1)]
    [InlineData("down", 106, 0)]
    public void A_change_may_be_wanted_in_one_direction(string direction, double price, int alerts) =>
        new RuleRun("change", $"by=0.05 window=60s direction={direction}").Prices((0, 100), (60, price)).Alerts.Count.ShouldBe(alerts);

    [Theory]
    // From 0.0001: a tenth more is 0.00011, which is not more than a tenth; the absolute limit is 0.0001.
    [InlineData(0.0001, 0.00010999, 0)]
    [InlineData(0.0001, 0.0001101, 1)]
    [InlineData(0.0001, -0.0001, 1)]
    // From 0.01: 0.0101 is 1 % and 0.0001 more; 0.01011 passes the absolute limit only.
    [InlineData(0.01, 0.010099, 0)]
    [InlineData(0.01, 0.01011, 1)]
    [InlineData(0, 0.00009, 0)]
    [InlineData(0, 0.00011, 1)]
    public void A_funding_rate_that_moves_by_a_tenth_or_by_one_basis_point_is_told(double before, double after, int alerts) =>
        new RuleRun("fundingChange", "").See(Funding(0, before), Funding(3, after)).Alerts.Count.ShouldBe(alerts);

    [Fact]
    public void A_funding_change_is_measured_from_what_was_last_told() =>
        // 5 % and 5 % again: neither is a tenth from the one before, together they are.
        new RuleRun("fundingChange", "").See(Funding(0, 0.0001), Funding(1, 0.000105), Funding(2, 0.00011025), Funding(3, 0.000115))
            .Lines.ShouldBe(["2 Event binance BTC/USDT:USDT funding 0.01 % → 0.011 %"]);

    [Fact]
    public void A_funding_change_within_the_cool_down_is_told_after_it_if_it_lasts() =>
        new RuleRun("fundingChange", "", TimeSpan.FromSeconds(60)).See(Funding(0, 0.0001), Funding(1, 0.0002), Funding(2, 0.0003), Funding(60, 0.0003), Funding(61, 0.0003))
            .Lines.ShouldBe(["1 Event binance BTC/USDT:USDT funding 0.01 % → 0.02 %", "61 Event binance BTC/USDT:USDT funding 0.02 % → 0.03 %"]);

    [Fact]
    public void A_funding_rate_below_a_limit_is_told() =>
        new RuleRun("funding", "below=-0.0005").See(Funding(0, -0.0005), Funding(1, -0.0006), Funding(2, -0.0004))
            .Lines.ShouldBe(["1 Raised binance BTC/USDT:USDT funding below -0.05 %", "2 Cleared binance BTC/USDT:USDT funding no longer below -0.05 %"]);

    [Fact]
    public void A_wide_spread_is_told_by_instrument() =>
        new RuleRun("spread", "aboveBps=5").See(
            new SpreadSeen("binance", Btc, 6, At(0)), new SpreadSeen("bybit", Btc, 4, At(1)), new SpreadSeen("bybit", Btc, 5.5, At(2)))
            .Lines.ShouldBe(["0 Raised binance BTC/USDT spread above 5 bps", "2 Raised bybit BTC/USDT spread above 5 bps"]);

    [Fact]
    public void An_opportunity_is_told_once_from_its_beginning_to_its_end() =>
        new RuleRun("opportunity", "netProfit=50").See(
            Opportunity(0, 40), Opportunity(1, 60), Opportunity(2, 80), Opportunity(3, 45), Opportunity(4, null), Opportunity(5, 55))
            .Lines.ShouldBe(
            [
                "1 Raised binance BTC/USDT to bybit BTC/USDT: 60 of the quote currency net", "4 Cleared binance BTC/USDT to bybit BTC/USDT: opportunity over",
                "5 Raised binance BTC/USDT to bybit BTC/USDT: 55 of the quote currency net",
            ]);

    [Fact]
    public void Opportunities_of_one_asset_between_other_markets_are_others() =>
        new RuleRun("opportunity", "netProfit=50").See(Opportunity(0, 60, Btc), Opportunity(1, 70, Perpetual), Opportunity(2, null, Perpetual))
            .Lines.ShouldBe(
            [
                "0 Raised binance BTC/USDT to bybit BTC/USDT: 60 of the quote currency net", "1 Raised binance BTC/USDT to bybit BTC/USDT:USDT: 70 of the quote currency net",
                "2 Cleared binance BTC/USDT to bybit BTC/USDT:USDT: opportunity over",
            ]);

    [Theory]
    [InlineData("asset=BTC", true)]
    [InlineData("asset=Bitcoin", true)]
    [InlineData("ASSET=bitcoin", true)]
    [InlineData("asset=eth", false)]
    public void An_asset_is_named_by_id_ticker_or_name(string when, bool isTold)
    {
        (new RuleRun("opportunity", $"netProfit=50 {when}").See(Opportunity(0, 60)).Alerts.Count == 1).ShouldBe(isTold);
        (new RuleRun("signal", when).See(Signal(0, Direction.Long)).Alerts.Count == 1).ShouldBe(isTold);
    }

    [Theory]
    [InlineData("signal", "bybit", "", "alerts.rules.r.venue: a rule of the kind signal goes by no venue; take it out, or write when.asset.")]
    [InlineData("component", "", "BTC/USDT", "alerts.rules.r.symbol: a rule of the kind component goes by no symbol; take it out.")]
    public void What_a_kind_does_not_go_by_is_refused(string kind, string venue, string symbol, string message) =>
        Should.Throw<ConfigurationException>(() => AlertRuleCatalog.Read("r", new AlertRuleOptions { Kind = kind, Venue = venue, Symbol = symbol }, TimeSpan.Zero)).Message.ShouldBe(message);

    [Fact]
    public void An_unknown_venue_is_refused_in_whatever_case_a_known_one_is_written()
    {
        AlertOptions Of(string venue) => new() { Rules = new Dictionary<string, AlertRuleOptions> { ["r"] = new() { Kind = "crossedBook", Venue = venue } } };

        Of("binanse").Problems([], ["binance", "bybit"]).ShouldBe(["alerts.rules.r.venue: 'binanse' is unknown (did you mean binance?); allowed are binance, bybit."]);
        Of("Binance").Problems([], ["binance", "bybit"]).ShouldBeEmpty();
        Of("Binance").ReadRules(StoreSamples.Assets).ShouldHaveSingleItem().Head.Venue.ShouldBe("binance");
    }

    [Fact]
    public void High_volatility_is_told() =>
        new RuleRun("volatility", "above=0.8").See(
            new VolatilitySeen("binance", Btc, 0.79, At(0)), new VolatilitySeen("binance", Btc, 0.81, At(1)), new VolatilitySeen("binance", Btc, 0.73, At(2)), new VolatilitySeen("binance", Btc, 0.72, At(3)))
            .Lines.ShouldBe(["1 Raised binance BTC/USDT volatility above 80 %", "3 Cleared binance BTC/USDT volatility no longer above 80 %"]);

    [Theory]
    [InlineData("", true)]
    [InlineData("strategy=SmaCross asset=bitcoin direction=long minConfidence=0.7", true)]
    [InlineData("minConfidence=0.71", false)]
    [InlineData("strategy=Macd", false)]
    [InlineData("asset=ethereum", false)]
    [InlineData("direction=short", false)]
    public void A_signal_is_told_where_strategy_asset_direction_and_confidence_fit(string when, bool isTold) =>
        (new RuleRun("signal", when).See(Signal(0, Direction.Long)).Alerts.Count == 1).ShouldBe(isTold);

    [Fact]
    public void The_cool_down_of_signals_leaves_a_reversal_alone() =>
        new RuleRun("signal", "", TimeSpan.FromHours(1)).See(Signal(0, Direction.Long), Signal(60, Direction.Long), Signal(120, Direction.Short))
            .Lines.ShouldBe(["0 Event bitcoin LONG at 64000.00 (SmaCross)", "120 Event bitcoin SHORT at 64000.00 (SmaCross)"]);

    [Fact]
    public void A_book_that_is_bad_for_too_long_is_told_as_time_passes() =>
        new RuleRun("book", "for=10s").See(
            Book(0, BookState.Valid), Book(1, BookState.Stale), new TimeSeen(At(5)), Book(6, BookState.Invalid), new TimeSeen(At(10.9)), new TimeSeen(At(11)), new TimeSeen(At(12)), Book(13, BookState.Valid))
            .Lines.ShouldBe(["11 Raised binance BTC/USDT book INVALID", "13 Cleared binance BTC/USDT book valid again"]);

    [Fact]
    public void A_book_that_recovers_in_time_is_no_alert() =>
        new RuleRun("book", "for=10s").See(Book(0, BookState.Invalid), Book(9, BookState.Valid), Book(10, BookState.Invalid), new TimeSeen(At(19))).Lines.ShouldBeEmpty();

    [Fact]
    public void A_book_that_is_built_anew_in_vain_is_as_bad_as_before() =>
        new RuleRun("book", "for=10s state=invalid").See(
            Book(0, BookState.Syncing), Book(1, BookState.Invalid), Book(4, BookState.Syncing), Book(6, BookState.Invalid), Book(9, BookState.Syncing), new TimeSeen(At(11)))
            .Lines.ShouldBe(["11 Raised binance BTC/USDT book SYNCING"]);

    [Fact]
    public void A_gap_is_told_with_its_ids()
    {
        var run = new RuleRun("gap", "minMissing=3").See(
            new GapSeen("binance", Btc, "depth", 11, 12, "cut", At(0)), new GapSeen("binance", Btc, "depth", 21, 23, "the connection was lost", At(1)));
        run.Lines.ShouldBe(["1 Event binance BTC/USDT depth: 3 missing"]);
        run.Alerts[0].Text.ShouldBe("The ids 21 to 23 did not come: the connection was lost");
    }

    [Fact]
    public void Dead_letters_are_counted_over_a_window() =>
        new RuleRun("deadLetters", "above=2 window=60s").See(
            Letter(0), Letter(10), new TimeSeen(At(20)), Letter(61), Letter(62), Letter(63), new TimeSeen(At(121)), new TimeSeen(At(122)))
            // At 61 s the first is out of the window, at 63 s there are 10's no longer: 61, 62, 63 are three. At 122 s one is left, which is half the limit.
            .Lines.ShouldBe(["62 Raised binance BTC/USDT: 3 dead letters in 1 min", "122 Cleared binance BTC/USDT: messages usable again"]);

    [Fact]
    public void A_crossed_book_is_told() =>
        new RuleRun("crossedBook", "").See(new CrossedSeen("bybit", Btc, 101, 100, At(0))).Lines.ShouldBe(["0 Event bybit BTC/USDT book crossed"]);

    [Fact]
    public void A_component_is_chosen_by_kind_or_by_name() =>
        new RuleRun("component", "component=venue").See(
            Part(0, "venue/bybit", ComponentHealth.Degraded), Part(1, "venues/x", ComponentHealth.Down), Part(2, "cache/redis", ComponentHealth.Down), Part(3, "venue/bybit", ComponentHealth.Down), Part(4, "venue/bybit", ComponentHealth.Up))
            .Lines.ShouldBe(["3 Raised venue/bybit down", "4 Cleared venue/bybit up again"]);

    [Fact]
    public void A_rule_is_about_its_venue_and_market_only()
    {
        var rule = AlertRuleCatalog.Read("r", new AlertRuleOptions { Kind = "price", Venue = "bybit", Symbol = "btcusdt", When = new Dictionary<string, string> { ["above"] = "1" } }, TimeSpan.Zero);
        var said = new List<AlertCandidate>();
        var tracker = new AlertTracker([rule]);
        foreach (var (venue, symbol) in new[] { ("binance", Btc), ("bybit", Perpetual), ("bybit", Btc) }) tracker.See(new PriceSeen(venue, symbol, 2, Start), said);
        said.Select(s => s.Alert.Subject).ShouldBe(["bybit BTC/USDT"]);
    }

    [Theory]
    [InlineData("prices", "", "alerts.rules.r.kind: 'prices' is unknown (did you mean price?)")]
    [InlineData("price", "", "alerts.rules.r.when: exactly one of above, below, crosses")]
    [InlineData("price", "above=1 below=2", "exactly one of above, below, crosses belongs here, not 2")]
    [InlineData("price", "above=x", "alerts.rules.r.when.above: 'x' is not allowed")]
    [InlineData("price", "above=1 windw=5m", "alerts.rules.r.when.windw is unknown")]
    [InlineData("change", "by=0.1 window=5", "alerts.rules.r.when.window: '5' is not allowed; a span like 30s")]
    [InlineData("change", "window=5m", "alerts.rules.r.when.by is missing")]
    [InlineData("signal", "direction=up", "allowed are any, long, short, flat")]
    public void A_wrong_rule_is_refused_by_the_name_of_its_setting(string kind, string when, string message) =>
        Should.Throw<ConfigurationException>(() => new RuleRun(kind, when)).Message.ShouldContain(message);

    private static FundingSeen Funding(double second, double rate) => new("binance", Perpetual, rate, At(second));

    private static OpportunitySeen Opportunity(double second, double? profit) => Opportunity(second, profit, Btc);

    private static OpportunitySeen Opportunity(double second, double? profit, Symbol sold) => new("bitcoin", "binance", Btc, "bybit", sold, profit, null, At(second));

    private static BookStateSeen Book(double second, BookState health) => new("binance", Btc, health, At(second));

    private static DeadLetterSeen Letter(double second) => new("binance", Btc, "depth", "cut", At(second));

    private static ComponentStateSeen Part(double second, string name, ComponentHealth health) => new(name, health, "because", At(second));

    private static SignalSeen Signal(double second, Direction direction) => new(new Signal
    {
        Asset = "bitcoin", Instrument = 0, Direction = direction, Confidence = 0.7, Strategy = "SmaCross", Time = At(second), Price = 64_000, Reason = "fast mean above slow mean",
    });
}
