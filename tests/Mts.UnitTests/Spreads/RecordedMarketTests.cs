using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Spreads;
using Mts.Storage.Files.Recordings;

namespace Mts.UnitTests.Spreads;

/// <summary>A real session of Bybit, spot and perpetual at once, through the feeds.</summary>
public sealed class RecordedMarketTests
{
    private const string Session = "bybit/cf_v5_session_20260809_btc_sol.jsonl.zst";

    [Fact]
    public void Gives_a_sample_a_second_of_books_that_are_valid()
    {
        var heard = Play();

        foreach (var market in new[] { "bybit BTC/USDT", "bybit BTC/USDT:USDT", "bybit SOL/USDT:USDT" })
            heard.Spreads.Count(s => s.Instrument.ToString() == market).ShouldBeInRange(30, 46, market);
        heard.Spreads.ShouldAllBe(s => s.Absolute > 0 && s.Percent < 0.05);
        heard.Signals.Where(s => s.Kind != Mts.Core.Signals.RealtimeSignalKind.VolumeSpike).ShouldBeEmpty();
    }

    [Fact]
    public void Holds_spot_against_its_perpetual()
    {
        var heard = Play();

        var pair = heard.Analysis.Pairs.ShouldHaveSingleItem();
        pair.Looks.ShouldBeGreaterThan(500);
        pair.Refused.Keys.ShouldBeSubsetOf([SpreadRefusal.Empty, SpreadRefusal.FundingUnknown]);
        heard.Crosses.ShouldAllBe(c => Math.Abs(c.GrossPercent) < 0.3 && c.Age < TimeSpan.FromSeconds(2) && c.Skew <= c.Age + c.SkewUncertainty);
        // A difference of hundredths of a percent pays no four fees.
        heard.Opened.ShouldBeEmpty();
        heard.Crosses.Select(c => c.ForNotionals[0]!.Value.NetPercent).ShouldAllBe(net => net < 0);
    }

    [Fact]
    public void Reads_clock_and_funding_of_the_venue()
    {
        var heard = Play();

        foreach (var market in new[] { MarketKind.Spot, MarketKind.Perpetual })
        {
            var clock = heard.Analysis.ClockOf("bybit", market)!.Value;
            clock.Offset.TotalSeconds.ShouldBeInRange(-1, 1);
            clock.Uncertainty.ShouldBeLessThan(TimeSpan.FromMilliseconds(60));
        }

        heard.Fundings.Select(f => f.Instrument.ToString()).Distinct().ShouldBe(["bybit BTC/USDT:USDT", "bybit SOL/USDT:USDT"], ignoreOrder: true);
        heard.Fundings.ShouldAllBe(f => Math.Abs(f.Rate) < 0.001 && f.NextFunding > f.VenueTime);
    }

    [Fact]
    public void Is_heard_the_same_way_twice() => Play().Log.ShouldBe(Play().Log);

    private static MarketRig Play()
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        string[] paths = [Path.Combine(folder!, Session)];
        var rig = new MarketRig(new SpreadOptions());
        RecordedSession[] sessions = [new("bybit", MarketKind.Spot, paths, rig.Analysis), new("bybit", MarketKind.Perpetual, paths, rig.Analysis)];
        foreach (var input in Inputs(paths))
        {
            foreach (var session in sessions) session.Take(input);
        }

        rig.Analysis.Finish(sessions[0].Last!.Value);
        return rig;
    }

    // The file has one connection after the other.
    private static IEnumerable<RecordedInput> Inputs(string[] paths)
    {
        var inputs = new List<RecordedInput>();
        using var reader = new RecordingReader(paths);
        while (reader.TryRead(out var input)) inputs.Add(input with { Bytes = input.Bytes.ToArray() });
        return inputs.OrderBy(i => i.Time);
    }
}
