using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

public sealed class IrregularBarTests
{
    [Fact]
    public void A_strategy_acts_at_the_true_close_and_fills_at_the_next_open()
    {
        // 0–10 s, 30–30 s (one instant), 31–90 s.
        var series = Series((0, 10, 100, 101), (30, 30, 102, 103), (31, 90, 104, 105));
        var times = new List<long>();
        var script = new Script().At(0, Direction.Long).At(1, Direction.Flat);
        var result = Runs.Run(new Watched(script, times), Runs.Free, series);
        times.ShouldBe([10, 30, 90]);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.EntryTime, trade.EntryPrice, trade.ExitTime, trade.ExitPrice).ShouldBe((At(30), 102m, At(31), 104m));
        result.Metrics.Bars.ShouldBe(3);
        result.Run.Series[0].Key.Interval.ToString().ShouldBe("irregular");
    }

    [Fact]
    public void A_slice_keeps_close_times_and_the_hash_knows_them()
    {
        var series = Series((0, 10, 100, 101), (30, 31, 102, 103), (40, 90, 104, 105));
        var slice = series.Slice(At(5), At(35));
        slice.Length.ShouldBe(1);
        slice.CloseTime(0).ShouldBe(At(31));
        series.ClosedBy(At(31)).ShouldBe(2);
        series.ClosedBy(At(30)).ShouldBe(1);
        var other = Series((0, 11, 100, 101), (30, 31, 102, 103), (40, 90, 104, 105));
        Runs.Run(Runs.BuyHold(), Runs.Free, series).Run.DataHash.ShouldNotBe(Runs.Run(Runs.BuyHold(), Runs.Free, other).Run.DataHash);
    }

    [Fact]
    public void Longer_bars_are_not_made_of_them() =>
        Should.Throw<ConfigurationException>(() => Runs.Run(new Script { Needs = new StrategyNeeds { Intervals = [new(Interval.Hour)] } }, Runs.Free, Series((0, 10, 1, 1), (30, 31, 1, 1))))
            .Message.ShouldContain("irregular bars do not make them");

    private static BarSeries Series(params (int Open, int Close, double First, double Last)[] bars)
    {
        var builder = new BarSeriesBuilder();
        foreach (var b in bars) builder.Add(new Bar(At(b.Open), b.First, Math.Max(b.First, b.Last), Math.Min(b.First, b.Last), b.Last, 1));
        return builder.Build(new SeriesKey("file", Symbol.Parse("BTC/USDT"), Interval.Irregular), [.. bars.Select(b => At(b.Close).Micros)], hasVolume: true);
    }

    private static Timestamp At(int seconds) => Runs.Start + TimeSpan.FromSeconds(seconds);

    private sealed class Watched(Script script, List<long> times) : IStrategy
    {
        public string Name => script.Name;

        public StrategyNeeds Needs => script.Needs;

        public void OnStart(IStrategyContext context) => script.OnStart(context);

        public void OnSlice(in MarketSlice slice, IStrategyContext context)
        {
            times.Add((long)(slice.Time - Runs.Start).TotalSeconds);
            script.OnSlice(slice, context);
        }
    }
}
