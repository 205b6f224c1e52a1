using Mts.Cli.Live;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Strategies;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Live;

public sealed class StrategyRunnerTests : ILiveSignalListener
{
    private const int MinutesPerDay = 1_440;
    private static readonly Timestamp Origin = Timestamp.FromDate(new DateOnly(2024, 3, 1));

    private readonly List<Signal> signals = [];
    private readonly List<AggregateDecision> decisions = [];
    private readonly List<string> notes = [];
    private readonly List<string> faults = [];

    [Fact]
    public void Says_what_a_backtest_over_the_same_bars_says()
    {
        BarSeries[] minutes = [Minutes("BTC", 1), Minutes("ETH", 2)];
        var hours = Array.ConvertAll(minutes, m => Resampler.Resample(m, Interval.Hour).Series);
        var plan = Plan(hours, Use("SmaCross", ("fast", "3"), ("slow", "9")), Use("Macd"));
        var runner = new StrategyRunner(plan, new StrategyCatalog(), this);

        runner.WarmUp(Array.ConvertAll(hours, h => Take(h, 48)));
        Feed(runner, minutes, from: 2 * MinutesPerDay);

        foreach (var use in plan.Strategies)
        {
            var expected = Backtested(hours, use, plan.Start);
            expected.Count.ShouldBeGreaterThan(5);
            signals.Where(s => s.Strategy == use.Name).ShouldBe(expected);
        }

        decisions.ShouldNotBeEmpty();
        decisions.ShouldAllBe(d => d.Reason.Length > 0);
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Takes_a_bar_with_a_missing_minute_for_a_gap()
    {
        var minutes = Minutes("BTC", 1);
        var hours = Resampler.Resample(minutes, Interval.Hour).Series;
        var runner = new StrategyRunner(Plan([hours], Use("SmaCross", ("fast", "3"), ("slow", "9"))), new StrategyCatalog(), this);
        runner.WarmUp([Take(hours, 48)]);
        for (var i = 2 * MinutesPerDay; i < minutes.Length; i++)
        {
            if (i == (2 * MinutesPerDay) + 200) continue;
            runner.OnMinute(0, minutes[i], isLate: false, minutes[i].OpenTime + TimeSpan.FromMinutes(1));
        }

        notes.ShouldHaveSingleItem().ShouldContain("no bars from 2024-03-03T03:00:00Z to 2024-03-03T04:00:00Z");
        signals.ShouldNotBeEmpty();
    }

    [Fact]
    public void Decides_without_a_silent_market_when_it_is_late()
    {
        BarSeries[] minutes = [Minutes("BTC", 1), Minutes("ETH", 2)];
        var runner = new StrategyRunner(Plan(minutes, Use("BuyHold")), new StrategyCatalog(), this);
        var bar = minutes[0][2 * MinutesPerDay];
        var close = bar.OpenTime + TimeSpan.FromMinutes(1);
        runner.OnMinute(0, bar, isLate: false, close);
        runner.OnTime(close + TimeSpan.FromSeconds(9));
        signals.ShouldBeEmpty();

        runner.OnTime(close + TimeSpan.FromSeconds(10));

        signals.ShouldHaveSingleItem().Time.ShouldBe(close);
    }

    [Fact]
    public void Goes_on_without_a_strategy_that_fails()
    {
        var minutes = Minutes("BTC", 1);
        var runner = new StrategyRunner(Plan([minutes], Use("Broken"), Use("BuyHold")), new BrokenCatalog(new Broken(() => { })), this);
        for (var i = 2 * MinutesPerDay; i < (2 * MinutesPerDay) + 5; i++) runner.OnMinute(0, minutes[i], isLate: false, minutes[i].OpenTime + TimeSpan.FromMinutes(1));

        faults.ShouldHaveSingleItem().ShouldContain("strategy Broken failed");
        signals.ShouldHaveSingleItem().Strategy.ShouldBe("BuyHold");
    }

    [Fact]
    public void Goes_on_without_a_strategy_that_does_not_start()
    {
        using var end = new ManualResetEventSlim();
        var (minutes, clock) = (Minutes("BTC", 1), new ManualTimeProvider());
        var broken = new Broken(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            end.Wait(TestContext.Current.CancellationToken);
        });
        var runner = new StrategyRunner(Plan([minutes], Use("Broken"), Use("BuyHold")), new BrokenCatalog(broken), this, () => new StrategyThread(TimeSpan.FromSeconds(5), clock, "run.strategyTimeout"));
        for (var i = 2 * MinutesPerDay; i < (2 * MinutesPerDay) + 5; i++) runner.OnMinute(0, minutes[i], isLate: false, minutes[i].OpenTime + TimeSpan.FromMinutes(1));

        faults.ShouldHaveSingleItem().ShouldBe("OnStart of strategy Broken did not return within 5 s at 2024-03-03T00:00:00Z; it was given up. run.strategyTimeout allows more.");
        signals.ShouldHaveSingleItem().Strategy.ShouldBe("BuyHold");
        end.Set();
    }

    [Fact]
    public void Refuses_an_interval_that_minutes_do_not_make()
    {
        var series = new SeriesKey("binance", Symbol.Parse("BTCUSDT"), Interval.Parse("1s"));
        var plan = new StrategyRunnerPlan { Version = "test", Start = Origin, Instruments = [new RunInstrument("bitcoin", series, HasVolume: true)], Strategies = [Use("SmaCross")] };

        Should.Throw<ConfigurationException>(() => new StrategyRunner(plan, new StrategyCatalog(), this)).Message.ShouldContain("1s bars");
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("5m")]
    [InlineData("4h")]
    public void Assembles_bars_as_the_resampler_does(string interval)
    {
        var (all, random, to) = (Minutes("BTC", 3), new Random(9), Interval.Parse(interval));
        var kept = BarSeries.From(all.Key, hasVolume: true, [.. Enumerable.Range(0, all.Length).Where(_ => random.Next(300) != 0).Select(i => all[i])]);
        var assembly = new BarAssembly(all.Key, to);
        var bars = new List<Bar>();
        for (var i = 0; i < kept.Length; i++)
        {
            if (assembly.Add(kept[i]) is { } bar) bars.Add(bar);
            assembly.Add(kept[i]).ShouldBeNull("it was there already");
        }

        var expected = interval == "1m" ? kept : Resampler.Resample(kept, to).Series;
        bars.ShouldBe(Enumerable.Range(0, expected.Length).Select(i => expected[i]));
    }

    void ILiveSignalListener.OnSignal(Signal signal, Timestamp received) => signals.Add(signal);

    void ILiveSignalListener.OnDecision(AggregateDecision decision, Timestamp received) => decisions.Add(decision);

    void ILiveSignalListener.OnNote(string strategy, string text, Timestamp received) => notes.Add(text);

    void ILiveSignalListener.OnFault(string strategy, string message, Timestamp received) => faults.Add(message);

    private static void Feed(StrategyRunner runner, BarSeries[] minutes, int from)
    {
        for (var i = from; i < minutes[0].Length; i++)
        {
            for (var n = 0; n < minutes.Length; n++) runner.OnMinute(n, minutes[n][i], isLate: false, minutes[n][i].OpenTime + TimeSpan.FromSeconds(61 + n));
        }
    }

    private static IReadOnlyList<Signal> Backtested(BarSeries[] series, StrategyUse use, Timestamp start)
    {
        var inputs = new BacktestInputs
        {
            Instruments = [.. series.Select(s => new InstrumentData(s.Key.Symbol.Base, s))], Start = start, End = series[0].CloseTime(series[0].Length - 1),
        };
        var options = new BacktestOptions { AllowGaps = true, AllowShort = true };
        return Backtest.Run(inputs, [new StrategyCatalog().Create(use.Name, use.Parameters)], null, null, options, new RunLabels { Version = "test" }, CancellationToken.None).Signals;
    }

    private static StrategyRunnerPlan Plan(BarSeries[] series, params StrategyUse[] strategies) => new()
    {
        Version = "test",
        Start = Origin + TimeSpan.FromDays(2),
        Instruments = [.. series.Select(s => new RunInstrument(s.Key.Symbol.Base, s.Key, HasVolume: true))],
        Strategies = strategies,
    };

    private static StrategyUse Use(string name, params (string Name, string Value)[] parameters) => new(name, parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));

    private static BarSeries Take(BarSeries series, int count) => BarSeries.From(series.Key, series.HasVolume, [.. Enumerable.Range(0, count).Select(i => series[i])]);

    private static BarSeries Minutes(string asset, int seed)
    {
        var (random, price) = (new Random(seed), 100.0);
        var bars = Enumerable.Range(0, 5 * MinutesPerDay).Select(i =>
        {
            var open = price;
            price *= Math.Exp(0.004 * (random.NextDouble() - 0.5));
            return new Bar(Origin + TimeSpan.FromMinutes(i), open, Math.Max(open, price) * 1.0001, Math.Min(open, price) * 0.9999, price, random.Next(1, 100) / 10.0);
        });
        return BarSeries.From(new SeriesKey("binance", new Symbol(asset, "USDT"), Interval.Minute), hasVolume: true, [.. bars]);
    }

    private sealed class BrokenCatalog(IStrategy broken) : IStrategyCatalog
    {
        private readonly StrategyCatalog real = new();

        public IReadOnlyList<StrategyDescriptor> All => real.All;

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => name == "Broken" ? broken : real.Create(name, parameters);
    }

    private sealed class Broken(Action start) : IStrategy
    {
        public string Name => "Broken";

        public StrategyNeeds Needs { get; } = new();

        public void OnStart(IStrategyContext context) => start();

        public void OnSlice(in MarketSlice slice, IStrategyContext context) => throw new InvalidOperationException("on purpose");
    }
}
