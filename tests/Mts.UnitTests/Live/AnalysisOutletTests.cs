using Microsoft.Extensions.Logging.Abstractions;
using Mts.Cli.Live;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Spreads;
using Mts.Pipeline.Alerts;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Live;

public sealed class AnalysisOutletTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private readonly LoggedLines<AnalysisOutlet> log = new();
    private readonly AlertDesk desk;
    private readonly AnalysisOutlet outlet;

    public AnalysisOutletTests()
    {
        var options = new AlertOptions
        {
            Rules = new Dictionary<string, AlertRuleOptions> { ["large"] = new() { Kind = "opportunity", When = new Dictionary<string, string> { ["netBps"] = "30", ["asset"] = "BTC" } } },
        };
        desk = new AlertDesk(options, StoreSamples.Assets, [], AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30)), new Nowhere(), clock, NullLogger.Instance);
        outlet = new AnalysisOutlet(StoreSamples.Assets, null, desk, new MarketCache(new MemoryCache(clock), new MemoryEvents(), new MarketCacheOptions { Writer = "test" }, clock), log, Timestamp.MinValue);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_opportunity_that_grows_is_told_when_it_reaches_the_limit_of_a_rule()
    {
        outlet.OnOpportunityOpened(Of(12));
        desk.Unfinished.ShouldBe(0);
        outlet.Look([Of(29)]);
        desk.Unfinished.ShouldBe(0);
        outlet.Look([Of(31)]);
        desk.Unfinished.ShouldBe(1);
        outlet.Look([Of(35)]);
        desk.Unfinished.ShouldBe(1);
        outlet.OnOpportunityEnded(Of(35) with { Ended = Timestamp.Now(clock) });
        desk.Unfinished.ShouldBe(2);
    }

    [Fact]
    public void Signals_of_the_moment_are_kept_for_the_report_and_logged()
    {
        for (var i = 0; i < 205; i++)
        {
            outlet.OnSignal(new RealtimeSignal
            {
                Id = $"{i}", Kind = RealtimeSignalKind.VolumeSpike, Instrument = At("bybit"), Strength = StrengthLevel.Moderate, Confidence = 0.5, Percent = 80, Price = 100 + i,
                Time = Timestamp.Now(clock), Expires = Timestamp.Now(clock), Reason = "twice as much",
            });
        }

        (outlet.Signals, outlet.Recent.Count, outlet.Recent.First().Price).ShouldBe((205, 200, 105));
        log.Lines[0].Text.ShouldBe("signal VolumeSpike bybit BTC/USDT Moderate confidence=0.5 price=100 twice as much");
    }

    [Fact]
    public void A_rule_about_what_nobody_follows_is_named()
    {
        desk.Unheard([("binance", new Symbol("BTC", "USDT"))]).ShouldBeEmpty();
        desk.Unheard([("binance", new Symbol("ETH", "USDT"))]).ShouldBe(["alerts.rules.large looks at bitcoin"]);
    }

    private Opportunity Of(double bps)
    {
        var seen = new Sighting(Timestamp.Now(clock), new Execution(1, 10_000, 10_000 + bps, 0, 0, 0));
        return new Opportunity
        {
            Id = "one", Kind = PairKind.Spot, Buy = At("binance"), Sell = At("bybit"), First = seen, Best = seen, Last = seen, Sightings = 1,
        };
    }

    private static Instrument At(string venue) => new(venue, new Symbol("BTC", "USDT"));

    private sealed class Nowhere : IAlertSink
    {
        public void Append(Alert alert, bool isQuiet)
        {
        }
    }
}
