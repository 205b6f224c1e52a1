using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;
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
    public void Finer_bars_are_hidden_until_they_have_closed_and_are_put_back()
    {
        var market = GuardMarket.Of("walk", 8).WithFiner();
        var (finer, before) = (market.Finer, market.Finer.Closes.ToArray());
        var (seen, hidden, wrong) = (0, 0, 0);
        var report = market.Judge(
            () => new Rule("Look", x =>
            {
                var next = finer.LowerBound(x.Time);
                seen++;
                if (next < before.Length && finer.Closes[next] != before[next]) hidden++;
                // Within a stretch that is as it was, what has closed is what it was.
                if (finer.Closes[next - 1] != before[next - 1] && x.Close == market.Truth(x.Time)) wrong++;
            }),
            new BacktestOptions { Execution = new ExecutionOptions { Finer = Interval.Parse("15m") } });
        report.IsSound.ShouldBeTrue();
        hidden.ShouldBeGreaterThan(1_000);
        hidden.ShouldBeLessThan(seen);
        wrong.ShouldBe(0);
        finer.Closes.ToArray().ShouldBe(before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    public void Who_reads_finer_bars_ahead_is_found_out(int ahead)
    {
        foreach (var (kind, seed) in new[] { ("walk", 1), ("trends", 2), ("reverting", 3) })
        {
            var market = GuardMarket.Of(kind, seed).WithFiner();
            var finer = market.Finer;
            var report = market.Judge(
                () => new Rule("Finer", x => x.Want(finer.Closes[Math.Min(finer.LowerBound(x.Time) + ahead, finer.Length - 1)] > x.Close)),
                new BacktestOptions { Execution = new ExecutionOptions { Finer = Interval.Parse("15m") } });
            report.LookAhead.Verdict.ShouldBe(GuardVerdict.Fail, kind);
            report.LookAhead.Words.ShouldContain("where the bars to come were hidden");
        }
    }

    [Fact]
    public void An_honest_strategy_on_finer_bars_is_not_accused()
    {
        foreach (var (kind, seed) in new[] { ("walk", 11), ("trends", 12), ("reverting", 13) })
        {
            var market = GuardMarket.Of(kind, seed).WithFiner();
            var report = market.Judge(
                () => new Rule("Stops", x =>
                {
                    if (x.Position == Direction.Flat && x.Mean(5) > x.Mean(20)) x.Say(Direction.Long, stop: x.Close * 0.99, target: x.Close * 1.02);
                }),
                new BacktestOptions { Execution = new ExecutionOptions { Finer = Interval.Parse("15m") } });
            report.LookAhead.Verdict.ShouldBe(GuardVerdict.Pass, $"{kind}: {report.LookAhead.Words}");
            report.Determinism.Verdict.ShouldBe(GuardVerdict.Pass, $"{kind}: {report.Determinism.Words}");
        }
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
