using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Guards;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>A seeded market with two or three instruments, a macro series with late and revised values, and funding.</summary>
internal sealed class GuardMarket
{
    private static readonly Timestamp Begin = Timestamp.Parse("2024-01-01");

    // All that a strategy of the catalogue reads.
    private static readonly string[] Read = ["VIXCLS", "DTWEXBGS", "BAMLH0A0HYM2", "DGS10", "DGS2"];

    private GuardMarket(BacktestInputs inputs) => Inputs = inputs;

    public BacktestInputs Inputs { get; }

    public BarSeries Series => Inputs.Instruments[0].Series;

    public BarSeries Other => Inputs.Instruments[1].Series;

    public IReadOnlyList<MacroObservation> Vix => Inputs.Macro["VIXCLS"];

    public IReadOnlyList<FundingRate> Funding => Inputs.Instruments[0].Funding!;

    /// <summary>Finer bars of the first instrument.</summary>
    public BarSeries Finer => Inputs.Instruments[0].Finer!;

    /// <summary>The true close of the first instrument's bar that closed then; taken before a guard hides it.</summary>
    public Func<Timestamp, double> Truth { get; private init; } = _ => double.NaN;

    /// <summary>The same with four bars inside each hour: they trade at its open, low, high and close.</summary>
    public GuardMarket WithFiner()
    {
        var closes = Enumerable.Range(0, Series.Length).ToDictionary(Series.CloseTime, i => Series.Closes[i]);
        return new GuardMarket(Inputs with { Instruments = [.. Inputs.Instruments.Select(i => i with { Finer = Quarters(i.Series) })] }) { Truth = time => closes[time] };
    }

    private static BarSeries Quarters(BarSeries hours)
    {
        var quarter = Interval.Parse("15m");
        var bars = Enumerable.Range(0, hours.Length).SelectMany(i =>
        {
            var bar = hours[i];
            double[] path = [bar.Open, bar.Low, bar.High, (bar.High + bar.Close) / 2, bar.Close];
            return Enumerable.Range(0, 4).Select(k => new Bar(new Timestamp(bar.OpenTime.Micros + (k * quarter.Micros)), path[k], Math.Max(path[k], path[k + 1]), Math.Min(path[k], path[k + 1]), path[k + 1], bar.Volume / 4));
        });
        return BarSeries.From(hours.Key with { Interval = quarter }, hasVolume: true, [.. bars]);
    }

    /// <param name="kind"><c>walk</c>, <c>trends</c>, <c>reverting</c>, <c>jumps</c> or <c>minutes</c>.</param>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="instruments">1 to 3.</param>
    public static GuardMarket Of(string kind, int seed, int instruments = 3)
    {
        var (bars, interval) = kind switch { "minutes" => (20_000, Interval.Minute), "trends" => (3_000, Interval.Hour), "jumps" => (900, Interval.Day), _ => (2_000, Interval.Hour) };
        var days = (int)(bars * interval.Micros / Timestamp.MicrosPerDay) + 2;
        var end = new Timestamp(Begin.Micros + (bars * interval.Micros));
        return new GuardMarket(new BacktestInputs
        {
            Instruments =
            [
                .. new[]
                {
                    new InstrumentData("btc", Bars(kind, seed, bars, interval, "BTC/USDT:USDT"), FundingOf(seed, days)),
                    new InstrumentData("eth", Bars(kind, seed + 100, bars, interval, "ETH/USDT:USDT")),
                    new InstrumentData("ltc", Bars(kind, seed + 200, bars, interval, "LTC/USDT:USDT")),
                }.Take(instruments),
            ],
            Macro = Read.Select((id, i) => (id, Values: (IReadOnlyList<MacroObservation>)Macro(seed + i, days))).ToDictionary(m => m.id, m => m.Values),
            Start = Begin,
            End = end,
        });
    }

    public GuardReport Judge(Func<IStrategy> make, BacktestOptions? options = null) => Judge(() => [make()], null, options);

    public GuardReport Judge(Func<IReadOnlyList<IStrategy>> make, SignalAggregator? aggregator, BacktestOptions? options = null)
    {
        var run = new GuardedRun { Inputs = Inputs, Make = make, Aggregator = aggregator, Options = options ?? new BacktestOptions(), Labels = Runs.Labels };
        return GuardedBacktest.Run(run, TestContext.Current.CancellationToken).Guards!;
    }

    private static BarSeries Bars(string kind, int seed, int bars, Interval interval, string symbol)
    {
        var random = new Random(seed);
        var (price, drift, pull, list) = (100.0 + random.Next(900), 0.0, 0.0, new List<Bar>());
        var usual = interval == Interval.Day ? 0.03 : interval == Interval.Hour ? 0.008 : 0.001;
        for (var i = 0; i < bars; i++)
        {
            if (kind == "trends" && random.Next(60) == 0) drift = (random.NextDouble() - 0.5) * usual;
            var open = price * (1 + ((random.NextDouble() - 0.5) * usual * 0.1));
            var move = usual * Normal() * (kind == "jumps" && random.Next(25) == 0 ? 4 : 1);
            if (kind == "reverting") move -= 0.1 * pull;
            pull += move;
            var close = open * Math.Exp(move + drift);
            var (high, low) = (Math.Max(open, close) * (1 + (random.NextDouble() * usual)), Math.Min(open, close) * (1 - (random.NextDouble() * usual)));
            list.Add(new Bar(new Timestamp(Begin.Micros + (i * interval.Micros)), open, high, low, close, 1 + (random.NextDouble() * 1_000)));
            price = close;
        }

        return BarSeries.From(new SeriesKey("test", Symbol.Parse(symbol), interval), hasVolume: true, list);

        double Normal() => 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
    }

    // Known at 14:00 of the next day; every fifth is revised three days later.
    private static List<MacroObservation> Macro(int seed, int days)
    {
        var (random, value, list) = (new Random(seed + 7), 20.0, new List<MacroObservation>());
        for (var day = -60; day < days; day++)
        {
            value = Math.Clamp(value * Math.Exp((random.NextDouble() - 0.5) * 0.3), 9, 80);
            var (date, known) = (Begin.Date.AddDays(day), Begin + TimeSpan.FromDays(day + 1) + TimeSpan.FromHours(14));
            list.Add(new MacroObservation(date, value, known));
            if (day % 5 == 0) list.Add(new MacroObservation(date, value * 1.3, known + TimeSpan.FromDays(3)));
        }

        return list;
    }

    private static List<FundingRate> FundingOf(int seed, int days)
    {
        var random = new Random(seed + 9);
        return [.. Enumerable.Range(0, days * 3).Select(i => new FundingRate(Begin + TimeSpan.FromHours(8 * i), (random.NextDouble() - 0.5) * 0.001, null))];
    }
}
