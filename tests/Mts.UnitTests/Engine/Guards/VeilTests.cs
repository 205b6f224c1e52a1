using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Engine.Guards;

namespace Mts.UnitTests.Engine.Guards;

public sealed class VeilTests
{
    [Theory]
    [InlineData("walk")]
    [InlineData("minutes")]
    public void Everything_is_put_back_as_it_was(string kind)
    {
        var market = GuardMarket.Of(kind, 5);
        var before = Bytes(market);
        market.Judge(() => new Rule("Mean", x => x.Want(x.Mean(5) > x.Mean(20))));
        Bytes(market).ShouldBe(before);
    }

    [Fact]
    public void Everything_is_put_back_when_the_strategy_fails()
    {
        var market = GuardMarket.Of("walk", 5);
        var before = Bytes(market);
        // Fails only where the future is hidden.
        var first = market.Series.Closes[^1];
        var report = market.Judge(() => new Rule("Touchy", x => { if (market.Series.Closes[^1] != first) throw new InvalidOperationException("hidden"); }));
        report.LookAhead.Verdict.ShouldBe(GuardVerdict.Fail);
        report.LookAhead.Words.ShouldContain("hidden");
        Bytes(market).ShouldBe(before);
    }

    [Fact]
    public void Uncovers_each_bar_as_it_closes_and_none_before()
    {
        var market = GuardMarket.Of("walk", 6);
        var truth = market.Series.Closes.ToArray();
        var (wrong, right) = (0, 0);
        market.Judge(() => new Rule("Look", x =>
        {
            var i = market.Series.LowerBound(new Timestamp(x.Time.Micros - market.Series.Key.Interval.Micros));
            if (market.Series.Closes[i] != x.Close || x.Context.Past(0).Closes[^1] != x.Close) wrong++;
            if (i + 1 < truth.Length && market.Series.Closes[i + 1] != truth[i + 1]) right++;
        }));
        wrong.ShouldBe(0);
        right.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void The_same_run_is_judged_alike()
    {
        var market = GuardMarket.Of("trends", 7);
        var cheat = Cheats.OfBars["the close 5 bars ahead"];
        var (a, b) = (market.Judge(cheat(market)), market.Judge(cheat(market)));
        a.LookAhead.Words.ShouldBe(b.LookAhead.Words);
        a.LookAhead.Evidence.ShouldBe(b.LookAhead.Evidence);
    }

    private static byte[] Bytes(GuardMarket market)
    {
        var series = market.Inputs.Instruments.SelectMany(i => new[] { i.Series.Opens.ToArray(), i.Series.Highs.ToArray(), i.Series.Lows.ToArray(), i.Series.Closes.ToArray(), i.Series.Volumes.ToArray() });
        var macro = market.Vix.Select(o => o.Value!.Value).Concat(market.Funding.Select(r => r.Rate));
        return MemoryMarshal.AsBytes<double>(series.SelectMany(s => s).Concat(macro).ToArray()).ToArray();
    }
}
