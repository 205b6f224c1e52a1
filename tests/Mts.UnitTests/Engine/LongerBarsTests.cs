using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Reports;
using Mts.UnitTests.Sessions;

namespace Mts.UnitTests.Engine;

public sealed class LongerBarsTests
{
    private static readonly Interval[] Longer = [Interval.FourHours, Interval.Day, Interval.Week, Interval.Month];
    private static readonly StrategyNeeds Needs = new() { Intervals = [.. Longer.Select(i => new IntervalNeed(i))] };
    private static readonly BacktestOptions OverHoles = new() { AllowGaps = true };

    [Fact]
    public void Are_at_every_instant_those_that_the_closed_bars_make_and_no_others()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            BarSeries[] series = [WithHoles(Runs.Random(seed, 760, interval: Interval.Hour), seed), WithHoles(Runs.Random(seed + 50, 760, "ETH/USDT", Interval.Hour), seed + 1)];
            var (seen, closes) = (0, 0);
            var watch = new Script { Needs = Needs }.Watch(context =>
            {
                for (var i = 0; i < series.Length; i++)
                {
                    var own = context.Past(i);
                    foreach (var interval in Longer)
                    {
                        var expected = ByHand(series[i], own.Count, interval);
                        var past = context.Past(i, interval);
                        past.Count.ShouldBe(expected.Count);
                        if (past.Count == 0) continue;
                        var (open, close, bar) = expected[^1];
                        new Bar(new Timestamp(past.OpenTimes[^1]), past.Opens[^1], past.Highs[^1], past.Lows[^1], past.Closes[^1], past.Volumes[^1]).ShouldBe(bar);
                        past.OpenTimes.SequenceEqual([.. expected.Select(e => e.Open.Micros)]).ShouldBeTrue();
                        var isNew = close.Micros == own.OpenTimes[^1] + Interval.Hour.Micros && InSlice(context, i);
                        context.HasClosed(i, interval).ShouldBe(isNew, $"{interval} {open}");
                        (seen, closes) = (seen + 1, closes + (isNew ? 1 : 0));
                    }
                }
            });
            Runs.Run(watch, OverHoles, series);
            seen.ShouldBeGreaterThan(2_000);
            closes.ShouldBeGreaterThan(200);
        }

        // An instant at which only the other market has a bar is not this one's close.
        static bool InSlice(IStrategyContext context, int instrument) => context.HasClosed(instrument, Interval.Hour);
    }

    [Fact]
    public void A_week_begins_on_Monday_and_a_month_on_its_first_day()
    {
        // 2024-01-01 is a Monday; January has 31 days, February 29.
        var days = Runs.Random(3, 61);
        Timestamp[] weeks = [], months = [];
        Runs.Run(new Script { Needs = Needs with { Intervals = [new(Interval.Week), new(Interval.Month)] } }.Watch(c => (weeks, months) = (Opens(c, Interval.Week), Opens(c, Interval.Month))), Runs.Free, days);
        weeks.Select(w => w.ToString()[..10]).ShouldBe(["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22", "2024-01-29", "2024-02-05", "2024-02-12", "2024-02-19"]);
        months.Select(m => m.ToString()[..10]).ShouldBe(["2024-01-01", "2024-02-01"]);

        static Timestamp[] Opens(IStrategyContext context, Interval interval) => [.. context.Past(0, interval).OpenTimes.ToArray().Select(t => new Timestamp(t))];
    }

    [Fact]
    public void A_session_decides_on_them_as_a_backtest_does()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            BarSeries[] series = [WithHoles(Runs.Random(seed, 1_200, interval: Interval.Hour), seed), Runs.Random(seed + 9, 1_200, "ETH/USDT", Interval.Hour)];
            var inputs = Runs.Inputs(series) with { Start = series[1].CloseTime(150) };
            var options = new BacktestOptions { AllowGaps = true, EquityPerBar = true, WarmUp = 151 };
            var expected = Runs.Run(new DayTrend(), options, inputs);
            var session = SessionRuns.Begin(SessionRuns.Plan(inputs, options), new Only(), new MemoryJournal(), SessionRuns.Events(inputs, seed));
            expected.Trades.Count.ShouldBeGreaterThan(2);
            session.Result().Trades.ShouldBe(expected.Trades);
            Text(session.Result()).ShouldBe(Text(expected), $"seed {seed}");
        }

        // The session tells of holes as they come.
        static string Text(BacktestResult result) => System.Text.Encoding.UTF8.GetString(BacktestJson.Write(result with { Warnings = [] }));
    }

    [Fact]
    public void Bars_of_the_warm_up_are_in_them()
    {
        var hours = Runs.Random(4, 24 * 10, interval: Interval.Hour);
        int? first = null;
        var watch = new Script { Needs = Needs }.Watch(c => first ??= c.Past(0).Count > 24 * 7 ? c.Past(0, Interval.Day).Count : null);
        Runs.Run(watch, new BacktestOptions { WarmUp = 24 * 7 }, Runs.Inputs(hours) with { Start = new Timestamp(hours.OpenTimes[24 * 7]) });
        first.ShouldBe(7);
    }

    [Fact]
    public void The_warm_up_of_longer_bars_counts_in_bars_of_the_run()
    {
        var needs = new StrategyNeeds { WarmUpBars = 20, Intervals = [new(Interval.Day, 10), new(Interval.Hour, 5)] };
        needs.WarmUpAt(Interval.Hour).ShouldBe(11 * 25);   // ten days and one that may be cut, each an hour more for months of unequal length
        needs.WarmUpAt(Interval.Day).ShouldBe(20);
        new StrategyNeeds { WarmUpBars = 20 }.WarmUpAt(Interval.Minute).ShouldBe(20);
    }

    [Fact]
    public void An_interval_that_the_bars_do_not_make_is_refused_with_those_that_would()
    {
        var strategy = new Script { Needs = new StrategyNeeds { Intervals = [new(Interval.FourHours), new(Interval.Parse("6h"))] } };
        var refusal = Should.Throw<ConfigurationException>(() => Runs.Run(strategy, Runs.Free, Runs.Random(1, 50, interval: Interval.FourHours)));
        refusal.Message.ShouldBe("strategy Script needs 6h bars, and 4h bars do not make them; choose --interval 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h.");
    }

    [Fact]
    public void An_interval_that_the_needs_do_not_name_stops_the_run()
    {
        var strategy = new Script { Needs = new StrategyNeeds { Intervals = [new(Interval.Day)] } }.Watch(c => c.Past(0, Interval.Week));
        Should.Throw<StrategyException>(() => Runs.Run(strategy, Runs.Free, Runs.Random(1, 50, interval: Interval.Hour))).Message.ShouldContain("1w bars");
    }

    // Over the calendar of the framework, and every part looked for by its time.
    private static List<(Timestamp Open, Timestamp Close, Bar Bar)> ByHand(BarSeries series, int closed, Interval interval)
    {
        var byOpen = Enumerable.Range(0, closed).ToDictionary(i => series.OpenTimes[i], i => series[i]);
        var result = new List<(Timestamp, Timestamp, Bar)>();
        if (closed == 0) return result;
        var now = new Timestamp(series.OpenTimes[closed - 1] + Interval.Hour.Micros);
        foreach (var open in series.OpenTimes[..closed].ToArray().Select(t => BucketOf(new Timestamp(t).ToDateTimeOffset(), interval)).Distinct())
        {
            var close = interval == Interval.Month ? open.AddMonths(1) : open + interval.Length;
            if (Timestamp.FromDateTimeOffset(close) > now) continue;
            var hours = Enumerable.Range(0, (int)(close - open).TotalHours).Select(h => Timestamp.FromDateTimeOffset(open.AddHours(h)).Micros).ToList();
            if (!hours.TrueForAll(byOpen.ContainsKey)) continue;
            var parts = hours.ConvertAll(h => byOpen[h]);
            result.Add((Timestamp.FromDateTimeOffset(open), Timestamp.FromDateTimeOffset(close), new Bar(
                Timestamp.FromDateTimeOffset(open), parts[0].Open, parts.Max(p => p.High), parts.Min(p => p.Low), parts[^1].Close, parts.Count)));
        }

        return result;
    }

    private static DateTimeOffset BucketOf(DateTimeOffset time, Interval interval)
    {
        var day = new DateTimeOffset(time.Date, TimeSpan.Zero);
        if (interval == Interval.Month) return day.AddDays(1 - day.Day);
        if (interval == Interval.Week) return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return interval == Interval.Day ? day : day.AddHours(time.Hour / 4 * 4);
    }

    private static BarSeries WithHoles(BarSeries series, int seed)
    {
        var random = new Random(seed);
        return BarSeries.From(series.Key, series.HasVolume, [.. Enumerable.Range(0, series.Length).Where(_ => random.Next(250) != 0).Select(i => series[i])]);
    }

    // Long after a day that rose, flat after one that fell.
    private sealed class DayTrend : IStrategy
    {
        public string Name => "Script";

        public StrategyNeeds Needs { get; } = new() { Intervals = [new(Interval.Day, 2)], Capital = CapitalSharing.Equal };

        public void OnStart(IStrategyContext context)
        {
        }

        public void OnSlice(in MarketSlice slice, IStrategyContext context)
        {
            foreach (var (instrument, bar) in slice.Bars)
            {
                if (!context.HasClosed(instrument, Interval.Day) || context.Past(instrument, Interval.Day) is not { Count: > 1 } days) continue;
                context.Emit(new Signal
                {
                    Asset = context.Instruments[instrument].Asset, Instrument = instrument, Direction = days.Closes[^1] > days.Closes[^2] ? Direction.Long : Direction.Flat,
                    Strategy = Name, Time = slice.Time, Price = bar.Close, Reason = $"{days.Closes[^1]} after {days.Closes[^2]}",
                });
            }
        }
    }

    private sealed class Only : IStrategyCatalog
    {
        public IReadOnlyList<StrategyDescriptor> All => [new("Script", "", [])];

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => new DayTrend();
    }
}
