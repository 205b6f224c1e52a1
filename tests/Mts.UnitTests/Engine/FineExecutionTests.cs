using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Reports;
using static Mts.UnitTests.Engine.OrderScript;

namespace Mts.UnitTests.Engine;

/// <summary>Finer bars, shares of the volume, and latency.</summary>
public sealed class FineExecutionTests
{
    private static readonly (double, double, double, double) Calm = (100, 101, 99, 100);

    [Fact]
    public void Finer_bars_tell_which_of_stop_and_target_came_first()
    {
        // The day reaches 111 and 94; its quarters rise first.
        var day = (100.0, 111.0, 94.0, 96.0);
        var quarters = new[] { (100.0, 104.0, 99.0, 103.0), (103.0, 111.0, 102.0, 108.0), (108.0, 109.0, 94.0, 95.0), (95.0, 97.0, 95.0, 96.0) };
        var script = () => new Script().At(0, Direction.Long, s => s.With(stop: 95, target: 110));
        Run(script(), null, Calm, day, Calm).Trades.ShouldHaveSingleItem().Reason.ShouldBe("stop");

        var trade = Fine(script(), Runs.Free, [Calm, day, Calm], [.. Quiet(), .. quarters, .. Quiet()]).Trades.ShouldHaveSingleItem();
        (trade.Reason, trade.ExitPrice, trade.ExitTime).ShouldBe(("target", 110m, Runs.Start + TimeSpan.FromHours(30)));
    }

    [Fact]
    public void Inside_a_finer_bar_the_worse_thing_still_comes_first()
    {
        var trade = Fine(
            new Script().At(0, Direction.Long, s => s.With(stop: 95, target: 110)), Runs.Free, [Calm, (100, 111, 94, 96), Calm],
            [.. Quiet(), (100, 101, 99, 100), (100, 111, 94, 96), (96, 97, 95.5, 96), (96, 97, 95.5, 96), .. Quiet()]).Trades.ShouldHaveSingleItem();
        trade.Reason.ShouldBe("stop");
    }

    [Fact]
    public void The_exit_is_the_first_that_the_finer_bars_show()
    {
        var exits = new HashSet<string>();
        for (var seed = 0; seed < 150; seed++)
        {
            var finer = Runs.Random(seed, 160, interval: Interval.Parse("6h"));
            var days = BarSeries.From(finer.Key with { Interval = Interval.Day }, true, [.. Enumerable.Range(0, 40).Select(d => Joined(finer, d * 4, 4))]);
            var (direction, price) = (seed % 2 == 0 ? Direction.Long : Direction.Short, days.Closes[3]);
            var (stop, target) = (Math.Round(price * (1 - ((int)direction * 0.03)), 8), Math.Round(price * (1 + ((int)direction * 0.05)), 8));
            var result = Run(new Script().At(3, direction, s => s.With(stop: stop, target: target)), Runs.Free with { AllowShort = true }, days, finer);

            (double Price, Timestamp Time, string Reason)? exit = null;
            for (var i = 16; i < finer.Length && exit is null; i++)
            {
                var b = finer[i];
                if (direction == Direction.Long ? b.Low <= stop : b.High >= stop) exit = (direction == Direction.Long ? Math.Min(b.Open, stop) : Math.Max(b.Open, stop), b.OpenTime, "stop");
                else if (direction == Direction.Long ? b.High >= target : b.Low <= target) exit = (direction == Direction.Long ? Math.Max(b.Open, target) : Math.Min(b.Open, target), b.OpenTime, "target");
            }

            result.Trades.Select(t => (t.ExitPrice, t.ExitTime, t.Reason)).ShouldBe(exit is { } e ? [(Math.Round((decimal)e.Price, 8), e.Time, e.Reason)] : [], $"seed {seed}");
            exits.Add(exit?.Reason ?? "none");
        }

        exits.ShouldBe(["stop", "target"], ignoreOrder: true);
    }

    private static Bar Joined(BarSeries series, int first, int count) => new(
        new Timestamp(series.OpenTimes[first]), series.Opens[first], series.Highs.Slice(first, count).ToArray().Max(), series.Lows.Slice(first, count).ToArray().Min(), series.Closes[first + count - 1], count);

    [Fact]
    public void A_bar_without_all_of_its_finer_bars_is_taken_as_it_is_and_counted()
    {
        var quarters = Quiet().Concat(Quiet()).Concat(Quiet()).Select((b, i) => (b, i)).Where(x => x.i != 6).ToList();
        var series = Runs.Days(Calm, (100, 111, 94, 96), Calm);
        var finer = BarSeries.From(series.Key with { Interval = Interval.Parse("6h") }, true, [.. quarters.Select(q => Bar(q.i, q.b))]);
        var result = Run(new Script().At(0, Direction.Long, s => s.With(stop: 95, target: 110)), Runs.Free, series, finer);
        result.Trades.ShouldHaveSingleItem().Reason.ShouldBe("stop");
        result.Warnings.ShouldContain(w => w.Contains("1 bars without all of their bars of 6h"));
    }

    [Fact]
    public void Finer_bars_that_are_missing_or_do_not_divide_are_refused()
    {
        var series = Runs.Days(Calm, Calm);
        var options = Runs.Free with { Execution = new ExecutionOptions { Finer = Interval.Minute } };
        Should.Throw<BacktestDataException>(() => Runs.Run(Runs.BuyHold(), options, series)).Message.ShouldContain("mts collect --symbols BTC/USDT --interval 1m");
        Should.Throw<ConfigurationException>(() => Runs.Run(Runs.BuyHold(), options with { Execution = new ExecutionOptions { Finer = Interval.Day } }, series)).Message.ShouldContain("divide");
    }

    [Fact]
    public void With_latency_an_order_meets_the_first_finer_price_after_it()
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { OrderLatency = TimeSpan.FromMilliseconds(200), FeedLatency = TimeSpan.FromMilliseconds(50) } };
        (double, double, double, double)[] quarters = [.. Quiet(), (100, 103, 99, 102), (102, 103, 101, 103), (103, 105, 102, 104), (104, 105, 103, 104), .. Quiet()];
        var byOrder = Fine(new OrderScript().At(0, Buy(10)), options, [Calm, (100, 105, 99, 104), Calm], quarters);
        (byOrder.OpenPositions[0].EntryPrice, byOrder.OpenPositions[0].EntryTime).ShouldBe((102m, Runs.Start + TimeSpan.FromHours(30)));
        var bySignal = Fine(new Script().At(0, Direction.Long), options, [Calm, (100, 105, 99, 104), Calm], quarters);
        bySignal.OpenPositions[0].EntryPrice.ShouldBe(102m);
    }

    [Fact]
    public void With_latency_and_no_finer_bars_it_meets_the_next_open_after_it()
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { OrderLatency = TimeSpan.FromMilliseconds(250) } };
        Run(new Script().At(0, Direction.Long), options, Calm, Calm, (110, 111, 109, 110), Calm).OpenPositions[0].EntryPrice.ShouldBe(110m);
        Run(new OrderScript().At(0, Buy(1)), options, Calm, Calm, (110, 111, 109, 110), Calm).OpenPositions[0].EntryPrice.ShouldBe(110m);
    }

    [Fact]
    public void A_view_that_is_repeated_every_bar_arrives_all_the_same()
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { OrderLatency = TimeSpan.FromHours(20) } };
        var script = new Script();
        for (var bar = 0; bar < 4; bar++) script.At(bar, Direction.Long);
        script.At(4, Direction.Flat);
        var trade = Run(script, options, Calm, Calm, (110, 111, 109, 110), Calm, Calm, Calm, (120, 121, 119, 120)).Trades.ShouldHaveSingleItem();
        (trade.EntryPrice, trade.ExitPrice).ShouldBe((110m, 120m));
    }

    [Fact]
    public void An_entry_by_shares_that_was_stopped_out_is_not_gone_on_with()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(size: 1, stop: 95));
        var result = Shared(script, 0.5m, 800, Calm, (100, 101, 94, 94), (94, 96, 93, 95), Calm);
        result.OpenPositions.ShouldBeEmpty();
        result.Trades.Sum(t => t.Quantity).ShouldBe(400m);
    }

    [Fact]
    public void A_cancellation_that_is_under_way_does_not_stop_a_fill()
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { OrderLatency = TimeSpan.FromMilliseconds(250) } };
        var script = new OrderScript().At(0, BuyStop(1, 105)).At(0, BuyLimit(2, 95)).Do(2, c => c.Cancel(1).ShouldBeTrue()).Do(2, c => c.Cancel(2).ShouldBeTrue());
        Run(script, options, Calm, Calm, Calm, (100, 106, 94, 100), (100, 106, 94, 100));
        script.Told.ShouldBe(["1 Filled 1 @ 105", "2 Cancelled strategy"]); // the limit may have been met after the cancellation
    }

    [Fact]
    public void A_market_order_fills_over_the_bars_by_their_share_of_the_volume()
    {
        // A tenth of 50 a day.
        var script = new OrderScript().At(0, Buy(12));
        var result = Shared(script, 0.1m, 50, Calm, Calm, Calm, Calm, Calm);
        script.Told.ShouldBe(["1 PartlyFilled 5 @ 100", "1 PartlyFilled 5 @ 100", "1 Filled 2 @ 100"]);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(12m);
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel, "1 PartlyFilled 5 @ 100|1 Cancelled immediate")]
    [InlineData(TimeInForce.FillOrKill, "1 Cancelled fill_or_kill")]
    public void An_immediate_order_takes_its_share_of_the_first_bar_or_nothing(TimeInForce force, string told)
    {
        var script = new OrderScript().At(0, Buy(12) with { TimeInForce = force });
        Shared(script, 0.1m, 50, Calm, Calm, Calm);
        string.Join("|", script.Told).ShouldBe(told);
    }

    [Fact]
    public void Signals_enter_and_leave_by_shares_as_well()
    {
        // 100,000 / 100 = 1,000 wanted, 400 a day; then out at 400 a day.
        var script = new Script().At(0, Direction.Long).At(4, Direction.Flat);
        var result = Shared(script, 0.5m, 800, [.. Enumerable.Repeat(Calm, 9)]);
        result.Trades.Select(t => (t.Quantity, (t.ExitTime - Runs.Start).Days)).ShouldBe([(400m, 5), (400m, 6), (200m, 7)]);
        result.Metrics.Turnover!.Value.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void A_stop_that_the_volume_did_not_fill_goes_on_at_the_opens_that_follow()
    {
        // 500 wanted: 400 on day 1, 100 on day 2, whose stop finds 300 left of the day's 400.
        var script = new Script().At(0, Direction.Long, s => s.With(size: 0.5, stop: 95));
        var result = Shared(script, 0.5m, 800, Calm, Calm, (100, 101, 94, 94), (93, 94, 92, 93), (92, 93, 91, 92));
        result.Trades.Select(t => (t.Quantity, t.ExitPrice, t.Reason)).ShouldBe([(300m, 95m, "stop"), (200m, 93m, "stop")]);
    }

    [Fact]
    public void Bracket_orders_tell_the_quantity_that_they_close_as_their_order_is_filled_by_and_by()
    {
        // Two units a day: the order of five is whole on the third.
        var script = new OrderScript().At(0, OrderScript.Buy(5) with { StopLoss = 90, TakeProfit = 120 });
        IReadOnlyList<WorkingOrder> seen = [];
        script.Do(1, c => seen = c.Orders(0));
        var result = Shared(script, 0.2m, 10, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100));
        seen.Where(o => o.Parent == 1).Select(o => o.Request.Quantity).ShouldBe([2m, 2m]);
        result.Orders!.Unfilled.Select(o => o.Request.Quantity).ShouldBe([5m, 5m]);
    }

    [Fact]
    public void The_orders_of_a_bar_share_its_volume_by_id()
    {
        var script = new OrderScript().At(0, BuyLimit(4, 99.5m)).At(0, BuyLimit(4, 99.5m));
        Shared(script, 0.1m, 50, Calm, Calm, Calm);
        script.Told.ShouldBe(["1 Filled 4 @ 99.5", "2 PartlyFilled 1 @ 99.5", "2 Filled 3 @ 99.5"]);
    }

    [Fact]
    public void A_share_of_a_volume_that_is_not_known_is_refused()
    {
        var series = BarSeries.From(new SeriesKey("test", Symbol.Parse("BTC/USDT"), Interval.Day), hasVolume: false, [new Bar(Runs.Start, 1, 1, 1, 1, double.NaN), new Bar(Runs.Start + TimeSpan.FromDays(1), 1, 1, 1, 1, double.NaN)]);
        Should.Throw<BacktestDataException>(() => Runs.Run(Runs.BuyHold(), Runs.Free with { Execution = new ExecutionOptions { VolumeShare = 0.1m } }, series)).Message.ShouldContain("no volume");
    }

    [Fact]
    public void The_options_are_part_of_the_run_and_only_where_they_are_used()
    {
        var series = Runs.Days(Calm, Calm);
        var (plain, slow) = (Runs.Run(Runs.BuyHold(), Runs.Free, series), Runs.Run(Runs.BuyHold(), Runs.Free with { Execution = new ExecutionOptions { OrderLatency = TimeSpan.FromSeconds(1) } }, series));
        slow.Run.Id.ShouldNotBe(plain.Run.Id);
        Text(slow).ShouldContain("\"order_latency_seconds\":1");
        Text(plain).ShouldNotContain("execution");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.08)] // opens beyond targets as well
    public void Signals_run_step_by_step_as_they_run_at_once(double gap)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            BarSeries[] series = [Gapping(Runs.Random(seed, 200, "BTC/USDT"), seed, gap), Gapping(Runs.Random(seed + 100, 200, "ETH/USDT"), seed, gap)];
            var options = new BacktestOptions { AllowShort = true, EquityPerBar = true };
            var plain = Runs.Run(seed % 3 == 0 ? ResizingTests.Scripted(seed) : LawTests.Scripted(seed, 2, 200), options, series);
            // An order that is never met makes every bar go step by step.
            var script = (seed % 3 == 0 ? ResizingTests.Scripted(seed) : LawTests.Scripted(seed, 2, 200))
                .Watch(c => { if (c.Past(0).Count == 1) c.Submit(BuyLimit(1, 0.00000001m)); });
            Text(Runs.Run(script, options, series) with { Orders = null }).ShouldBe(Text(plain), $"seed {seed}");
        }
    }

    private static BarSeries Gapping(BarSeries series, int seed, double gap)
    {
        var random = new Random(seed);
        return BarSeries.From(series.Key, true, [.. Enumerable.Range(0, series.Length).Select(i => series[i]).Select(b =>
        {
            var open = Math.Round(b.Open * (1 + ((random.NextDouble() - 0.5) * gap)), 8);
            return b with { Open = open, High = Math.Max(b.High, open), Low = Math.Min(b.Low, open) };
        })]);
    }

    private static string Text(BacktestResult result) => System.Text.Encoding.UTF8.GetString(BacktestJson.Write(result));

    private static (double, double, double, double)[] Quiet() => [.. Enumerable.Repeat(Calm, 4)];

    private static Bar Bar(int number, (double Open, double High, double Low, double Close) b, double volume = 1, double hours = 6) =>
        new(Runs.Start + TimeSpan.FromHours(hours * number), b.Open, b.High, b.Low, b.Close, volume);

    private static BacktestResult Fine(IStrategy strategy, BacktestOptions options, (double, double, double, double)[] days, (double, double, double, double)[] quarters) =>
        Run(strategy, options, Runs.Days(days), Runs.Bars("BTC/USDT", Interval.Parse("6h"), quarters));

    private static BacktestResult Run(IStrategy strategy, BacktestOptions options, BarSeries series, BarSeries finer)
    {
        var inputs = Runs.Inputs(series);
        inputs = inputs with { Instruments = [inputs.Instruments[0] with { Finer = finer }] };
        return Runs.Run(strategy, options with { Execution = options.Execution with { Finer = finer.Key.Interval } }, inputs);
    }

    private static BacktestResult Run(IStrategy strategy, BacktestOptions? options, params (double, double, double, double)[] days) => Runs.Run(strategy, options ?? Runs.Free, Runs.Days(days));

    private static BacktestResult Shared(IStrategy strategy, decimal share, double volume, params (double, double, double, double)[] days)
    {
        var series = BarSeries.From(new SeriesKey("test", Symbol.Parse("BTC/USDT"), Interval.Day), true, [.. days.Select((d, i) => Bar(i, d, volume, 24))]);
        return Runs.Run(strategy, Runs.Free with { Execution = new ExecutionOptions { VolumeShare = share } }, series);
    }
}
