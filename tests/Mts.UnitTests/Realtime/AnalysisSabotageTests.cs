using Mts.Cli.Live.Simulation;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Realtime;

/// <summary>What the analysis must not do, done: the witness of the simulated worlds must notice.</summary>
public sealed class AnalysisSabotageTests
{
    private static readonly Scenario World = Scenario.OfFault("ws-drop", 5) with { Faults = "ws-drop:0.003,ws-mute(depth)@12s+40s,ws-mute(orderbook)@12s+40s", Rate = 20 };

    [Fact]
    public void Nothing_is_noticed_where_nothing_is_wrong()
    {
        using var world = new SimulatedWorld(World);
        world.Run().Violations.ShouldBeEmpty();
    }

    [Fact]
    public void A_book_that_is_too_old_is_noticed() => Noticed("has not been the venue's for", AnalysisWitness.Options with { MaxAge = TimeSpan.FromHours(1) });

    [Fact]
    public void A_fee_that_is_left_out_is_noticed() => Noticed("by the venues' books", AnalysisWitness.Options with
    {
        FeesBps = AnalysisWitness.Options.FeesBps.ToDictionary(f => f.Key, f => f.Key == "bybit_spot" ? 0 : f.Value, StringComparer.Ordinal),
    });

    [Fact]
    public void Funding_that_is_left_out_is_noticed() => Noticed("by the venues' books", AnalysisWitness.Options with { Holding = TimeSpan.Zero });

    [Fact]
    public void A_part_of_the_depth_that_is_not_to_be_counted_on_is_noticed() => Noticed("by the venues' books", AnalysisWitness.Options with { DepthShare = 1 });

    [Fact]
    public void A_book_that_is_not_valid_is_noticed() => Noticed("which is", analysed: static (tap, spreads) => new BlindTap(tap, spreads));

    [Fact]
    public void What_was_offered_before_a_gap_is_not_compared_with_what_is_offered_after_it() => Noticed("growth in percent", analysed: static (tap, _) => new ForgetfulTap(tap));

    [Fact]
    public void A_clock_set_back_that_the_analysis_does_not_hear_of_is_noticed()
    {
        // What is late from then on looks no older than before, while our time is slow.
        var scenario = Scenario.OfFault("ws-late", 1) with { Faults = "ws-late@20s", Rate = 20, ClockStep = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(-6)) };
        var seeds = Enumerable.Range(1, 4).Select(i => scenario with { Seed = (ulong)i }).ToList();
        seeds.SelectMany(s => ViolationsOf(s, null)).ShouldBeEmpty();
        seeds.SelectMany(s => ViolationsOf(s, static (tap, _) => new DeafTap(tap))).ShouldContain(v => v.Contains("has not been the venue's for"));
    }

    private static IReadOnlyList<string> ViolationsOf(Scenario scenario, Func<IMarketTap, ISpreadListener, IMarketTap>? analysed)
    {
        using var world = new SimulatedWorld(scenario, analysed: analysed);
        return world.Run().Violations;
    }

    private static void Noticed(string what, SpreadOptions? spreads = null, Func<IMarketTap, ISpreadListener, IMarketTap>? analysed = null)
    {
        var found = new List<string>();
        for (var seed = 0UL; seed < 4; seed++)
        {
            using var world = new SimulatedWorld(World with { Seed = World.Seed + seed }, spreads: spreads, analysed: analysed);
            found.AddRange(world.Run().Violations);
            if (found.Exists(v => v.Contains(what))) return;
        }

        Assert.Fail($"nobody noticed; seen was: {string.Join("; ", found.Take(3))}");
    }

    /// <summary>Tells of a spread whenever a book has changed, whatever its state.</summary>
    private sealed class BlindTap(IMarketTap analysis, ISpreadListener spreads) : QuietTap
    {
        public override void OnBook(FollowedMarket market, Timestamp received)
        {
            analysis.OnBook(market, received);
            var book = market.Book.Book;
            if (market.Book.State == BookState.Valid || book.Bids.Count == 0 || book.Asks.Count == 0) return;
            spreads.OnSpread(new SpreadPoint(new Instrument(market.Venue, market.Symbol), received, null, market.Scale.PriceToDouble(book.Bids.BestPrice), 1, market.Scale.PriceToDouble(book.Asks.BestPrice), 1));
        }
    }

    /// <summary>Does not hear that our clock was set back.</summary>
    private sealed class DeafTap(IMarketTap analysis) : QuietTap
    {
        public override void OnBook(FollowedMarket market, Timestamp received) => analysis.OnBook(market, received);

        public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now) => analysis.OnBookState(market, from, cause, now);

        public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received) => analysis.OnTrade(market, trade, isLate, received);

        public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received) => analysis.OnMark(market, mark, received);

        public override void OnProbe(string venue, MarketKind market, in ClockProbe probe) => analysis.OnProbe(venue, market, probe);
    }

    /// <summary>Does not hear that a book was lost.</summary>
    private sealed class ForgetfulTap(IMarketTap analysis) : QuietTap
    {
        public override void OnBook(FollowedMarket market, Timestamp received) => analysis.OnBook(market, received);
    }
}
