using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>Strategies that know what they cannot know, one for each way in which people let the future in.</summary>
internal static class Cheats
{
    private static readonly Dictionary<string, Dictionary<long, double>> Remembered = [];
    private static int made;

    /// <summary>By name: how it is made for a market.</summary>
    public static IReadOnlyDictionary<string, Func<GuardMarket, Func<IStrategy>>> OfBars { get; } = new Dictionary<string, Func<GuardMarket, Func<IStrategy>>>
    {
        ["the next close of a series kept"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 1) > x.Close)),
        ["the next close, in a short sale"] = m => Kept(m, (s, i, x) => x.Say(At(s, i + 1) < x.Close ? Direction.Short : Direction.Flat)),
        ["the close 2 bars ahead"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 2) > x.Close)),
        ["the close 5 bars ahead"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 5) > x.Close)),
        ["the close 30 bars ahead"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 30) > x.Close)),
        ["the close 200 bars ahead"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 200) > x.Close)),
        ["the close 400 bars ahead"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 400) > x.Close)),
        ["the last close of all"] = m => Kept(m, (s, i, x) => x.Want(s.Closes[^1] > x.Close)),
        ["the highest of the next ten"] = m => Kept(m, (s, i, x) => x.Want(Highest(s, i + 1, i + 10) > x.Close * 1.01)),
        ["the lowest of the next ten, in exits only"] = m => Kept(m, (s, i, x) => x.Want(x.Mean(5) > x.Mean(20) && Lowest(s, i + 1, i + 10) > x.Close * 0.985)),
        ["a centred mean of 5"] = m => Kept(m, (s, i, x) => x.Want(x.Close < Mean(s, i - 2, i + 2))),
        ["a centred mean of 101"] = m => Kept(m, (s, i, x) => x.Want(x.Close < Mean(s, i - 50, i + 50))),
        ["a centred mean worked out beforehand"] = m => () =>
        {
            var means = Enumerable.Range(0, m.Series.Length).Select(i => Mean(m.Series, i - 10, i + 10)).ToArray();
            return new Rule("Beforehand", x => x.Want(x.Close < means[Index(m.Series, x)]));
        },
        ["the z-score over the whole sample"] = m => Kept(m, (s, i, x) => x.Want((x.Close - Mean(s, 0, s.Length - 1)) / Deviation(s) < -0.2)),
        ["the mean of the whole sample"] = m => Kept(m, (s, i, x) => x.Want(x.Close > Mean(s, 0, s.Length - 1))),
        ["minimum and maximum of the whole range"] = m => Kept(m, (s, i, x) => x.Want((x.Close - Lowest(s, 0, s.Length)) / (Highest(s, 0, s.Length) - Lowest(s, 0, s.Length)) < 0.5)),
        ["selling near the highest of all time to come"] = m => Kept(m, (s, i, x) => x.Say(x.Close > 0.97 * Highest(s, i, s.Length) ? Direction.Flat : Direction.Long)),
        ["the next low, in the stop only"] = m => Kept(m, (s, i, x) => x.Say(Direction.Long, stop: Math.Min(x.Close, Lowest(s, i + 1, i + 1)) * 0.999)),
        ["the high to come, in the target only"] = m => Kept(m, (s, i, x) => x.Say(Direction.Long, target: Math.Max(x.Close, Highest(s, i + 1, i + 20)) * 1.001)),
        ["the next move, in the size only"] = m => Kept(m, (s, i, x) => x.Say(Direction.Long, size: At(s, i + 1) > x.Close ? 1 : 0.5)),
        ["the next move, in the confidence only"] = m => Kept(m, (s, i, x) => Confident(x, At(s, i + 1) > x.Close ? 1 : 0.5)),
        ["the next low, in a limit order"] = m => Kept(m, (s, i, x) =>
        {
            if (x.Index % 5 == 0 && x.Position == Direction.Flat) x.Context.Submit(new OrderRequest { Instrument = 0, Side = Side.Buy, Type = OrderType.Limit, EquityFraction = 0.5, LimitPrice = (decimal)Math.Round(Lowest(s, i + 1, i + 1) * 1.0001, 4), TimeInForce = TimeInForce.GoodTilDate, GoodUntil = x.Time + TimeSpan.FromHours(30) });
            else if (x.Index % 5 == 3 && x.Position == Direction.Long) x.Say(Direction.Flat);
        }),
        ["the price of the fill"] = m => Kept(m, (s, i, x) => x.Say(x.Mean(5) > x.Mean(10) ? Direction.Long : Direction.Flat, price: s.Opens[Math.Min(i + 1, s.Length - 1)])),
        ["the next open"] = m => Kept(m, (s, i, x) => x.Want(s.Opens[Math.Min(i + 1, s.Length - 1)] > x.Close)),
        ["the next volume"] = m => Kept(m, (s, i, x) => x.Want(s.Volumes[Math.Min(i + 1, s.Length - 1)] > 500)),
        ["a longer bar before its close"] = m => Kept(m, (s, i, x) => x.Want(At(s, i - (i % 24) + 23) > At(s, i - (i % 24)))),
        ["a shift in the wrong direction"] = m => Kept(m, (s, i, x) => x.Want(Mean(s, i - 8, i + 1) > Mean(s, i - 28, i + 1))),
        ["swing points that the bars to come confirm"] = m => Kept(m, (s, i, x) => Swing(s, i, x)),
        ["a model fitted on the whole sample"] = m => () => Fitted(m.Series),
        ["labels of the present bar in its training"] = m => () => Leaky(m.Series),
        ["the memory behind the past"] = _ => () => new Rule("Peek", x => x.Want(Behind(x, 1) > x.Close)),
        ["the memory 40 bars behind the past"] = _ => () => new Rule("Peek", x => x.Want(Behind(x, 40) > x.Close)),
        ["another market's next close"] = m => () => new Rule("Other", x => x.Want(At(m.Other, Index(m.Series, x) + 1) > At(m.Other, Index(m.Series, x)))),
        ["a crash to come, which is rare"] = m => Kept(m, (s, i, x) => x.Want(At(s, i + 1) > x.Close * 0.94)),
        ["the next close, on the third of a month at noon or later"] = m => Kept(m, (s, i, x) =>
        {
            if (x.Time.Date.Day == 3 && (x.Time.Micros % Timestamp.MicrosPerDay) / 3_600_000_000L >= (s.Key.Interval == Interval.Day ? 0 : 12)) x.Want(At(s, i + 1) > x.Close);
        }),
        ["what a first run left in a static"] = m => () => Static(m),
        ["a copy of the closes against the price shown"] = m => Copied(m, (closes, i, x) => x.Want(closes[Math.Min(i + 1, closes.Length - 1)] > x.Close)),
        ["a copy of the closes alone"] = m => Copied(m, (closes, i, x) => x.Want(closes[Math.Min(i + 1, closes.Length - 1)] > closes[i])),
        ["a copy of the closes, three bars ahead"] = m => Copied(m, (closes, i, x) => x.Want(closes[Math.Min(i + 3, closes.Length - 1)] > closes[i])),
        ["a copy of the closes, as a filter of an honest rule"] = m => Copied(m, (closes, i, x) => x.Want(x.Close > x.Mean(20) && closes[Math.Min(i + 1, closes.Length - 1)] > closes[i])),
        ["a copy of the closes, seven bars ahead and at every seventh only"] = m => Copied(m, (closes, i, x) => { if (i % 7 == 0) x.Want(closes[Math.Min(i + 7, closes.Length - 1)] > closes[i]); }),
        ["a copy of the closes, in market orders"] = m => Copied(m, (closes, i, x) => Ordered(x, closes[Math.Min(i + 1, closes.Length - 1)] > closes[i])),
        ["a copy of the lows, in the prices of limit orders only"] = m => CopiedBars(m, (bars, i, x) => Limit(x, bars[i + 1].Low * 1.0001)),
        ["a copy of the lows, in the prices of limit orders only, put to the price shown"] = m => CopiedBars(m, (bars, i, x) => Limit(x, x.Close * Math.Min(1, bars[i + 1].Low / bars[i].Close * 1.0001))),
        ["a copy of the lows, in the stops of signals only"] = m => CopiedBars(m, (bars, i, x) => x.Say(Direction.Long, stop: x.Close * Math.Min(1, bars[i + 1].Low / bars[i].Close) * 0.999)),
        ["a copy of the highs, in the targets of signals only"] = m => CopiedBars(m, (bars, i, x) => x.Say(Direction.Long, target: x.Close * Math.Max(1, bars[i + 1].High / bars[i].Close) * 1.001)),
        ["a file of the closes"] = FromFile,
        ["draws without a seed"] = _ => () => new Rule("Dice", x => x.Want(RandomNumberGenerator.GetInt32(2) == 0)),
        ["a clock"] = _ => () => new Rule("Clock", x => x.Want(Stopwatch.GetTimestamp() / 7 % 2 == 0)),
        ["how often it was made"] = _ => () =>
        {
            var number = Interlocked.Increment(ref made);
            return new Rule("Counter", x => x.Want((x.Index / 7 % 5) < number % 5));
        },
    };

    /// <summary>The same for macro observations and funding rates.</summary>
    public static IReadOnlyDictionary<string, Func<GuardMarket, Func<IStrategy>>> OfMacro { get; } = new Dictionary<string, Func<GuardMarket, Func<IStrategy>>>
    {
        ["the observation of the day itself"] = m => () => new Rule("Vix", x => x.Want(OfDay(m.Vix, x.Time.Date) < 20)),
        ["yesterday's observation before it is released"] = m => () => new Rule("Vix", x => x.Want(OfDay(m.Vix, x.Time.Date.AddDays(-1)) < 20)),
        ["next week's observation"] = m => () => new Rule("Vix", x => x.Want(OfDay(m.Vix, x.Time.Date.AddDays(7)) < 20)),
        ["a vintage that is not released"] = m => () => new Rule("Vix", x => x.Want(m.Vix.Last(o => o.Day == new DateOnly(x.Time.Date.Year, x.Time.Date.Month, 1).AddDays(x.Time.Date.Day / 5 * 5) || o.Day == x.Time.Date.AddDays(-1)).Value < 22)),
        ["values between two observations"] = m => () => new Rule("Vix", x => x.Want((OfDay(m.Vix, x.Time.Date.AddDays(-1)) + OfDay(m.Vix, x.Time.Date.AddDays(1))) / 2 < 20)),
        ["a dictionary by day, made beforehand"] = m => () =>
        {
            var byDay = m.Vix.GroupBy(o => o.Day).ToDictionary(g => g.Key, g => g.Last().Value!.Value);
            return new Rule("Vix", x => x.Want(byDay.GetValueOrDefault(x.Time.Date, 20) < 20));
        },
        ["the largest observation of all"] = m => () => new Rule("Vix", x => x.Say(Direction.Long, size: Math.Clamp(OfDay(m.Vix, x.Time.Date.AddDays(-3)) / m.Vix.Max(o => o.Value!.Value), 0, 1))),
        ["the funding to come"] = m => () => new Rule("Funding", x => x.Want(m.Funding.FirstOrDefault(r => r.Time > x.Time).Rate < 0)),
    };

    private static Func<IStrategy> Kept(GuardMarket market, Action<BarSeries, int, Moment> say) => () => new Rule("Kept", x => say(market.Series, Index(market.Series, x), x));

    private static Func<IStrategy> Copied(GuardMarket market, Action<double[], int, Moment> say)
    {
        var closes = market.Series.Closes.ToArray();
        return () => new Rule("Copied", x => say(closes, Index(market.Series, x), x));
    }

    private static Func<IStrategy> CopiedBars(GuardMarket market, Action<Bar[], int, Moment> say)
    {
        Bar[] bars = [.. Enumerable.Range(0, market.Series.Length).Select(i => market.Series[i])];
        return () => new Rule("CopiedBars", x =>
        {
            if (Index(market.Series, x) is var i && i + 1 < bars.Length) say(bars, i, x);
        });
    }

    private static void Limit(Moment x, double price)
    {
        if (x.Index % 5 == 0 && x.Position == Direction.Flat)
            x.Context.Submit(new OrderRequest { Instrument = 0, Side = Side.Buy, Type = OrderType.Limit, EquityFraction = 0.5, LimitPrice = (decimal)Math.Round(price, 4), TimeInForce = TimeInForce.GoodTilDate, GoodUntil = x.Time + TimeSpan.FromHours(30) });
        else if (x.Index % 5 == 3 && x.Position == Direction.Long) x.Say(Direction.Flat);
    }

    private static void Ordered(Moment x, bool isLong)
    {
        if (isLong == (x.Position == Direction.Long)) return;
        var order = new OrderRequest { Instrument = 0, Side = isLong ? Side.Buy : Side.Sell, ReduceOnly = !isLong, Quantity = isLong ? null : (decimal)x.Context.Position(0).Quantity, EquityFraction = isLong ? 0.5 : null };
        x.Context.Submit(order);
    }

    private static Func<IStrategy> FromFile(GuardMarket market)
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, market.Series.Closes.ToArray().Select(c => c.ToString("R", CultureInfo.InvariantCulture)));
        return () =>
        {
            var closes = File.ReadAllLines(file).Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToArray();
            return new Rule("File", x => x.Want(closes[Math.Min(Index(market.Series, x) + 1, closes.Length - 1)] > closes[Index(market.Series, x)]));
        };
    }

    private static Rule Static(GuardMarket market)
    {
        var name = $"Static{market.Series.Closes[0]:R}";
        Dictionary<long, double> left;
        lock (Remembered) left = Remembered.TryGetValue(name, out var known) ? known : [];
        var mine = new Dictionary<long, double>();
        return new Rule(name, x =>
        {
            mine[x.Time.Micros] = x.Close;
            lock (Remembered) Remembered[name] = mine.Count > left.Count ? mine : left;
            x.Want(left.TryGetValue(x.Time.Micros + market.Series.Key.Interval.Micros, out var next) ? next > x.Close : x.Mean(5) > x.Mean(20));
        });
    }

    private static void Confident(Moment x, double confidence) => x.Context.Emit(new Signal
    {
        Asset = x.Context.Instruments[0].Asset, Instrument = 0, Direction = Direction.Long, Confidence = confidence, Strategy = "Confident", Time = x.Time, Price = x.Close, Reason = "rule",
    });

    // A low is one that the ten bars to come do not undercut.
    private static void Swing(BarSeries s, int i, Moment x)
    {
        if (x.Close <= Lowest(s, i - 10, i + 10) * 1.01) x.Want(true);
        if (x.Close >= Highest(s, i - 10, i + 10) * 0.99) x.Want(false);
    }

    // The mean next move by the last three directions, over all bars there are.
    private static Rule Fitted(BarSeries s)
    {
        var sums = new double[32];
        for (var i = 6; i + 1 < s.Length; i++) sums[Pattern(s.Closes[..(i + 1)])] += Math.Log(s.Closes[i + 1] / s.Closes[i]);
        return new Rule("Fitted", x => x.Want(x.Seen.Count > 6 && sums[Pattern(CollectionsMarshal.AsSpan(x.Seen))] > 0));
    }

    private static Rule Leaky(BarSeries s)
    {
        var sums = new double[32];
        return new Rule("Leaky", x =>
        {
            if (x.Seen.Count <= 6) return;
            var (i, pattern) = (Index(s, x), Pattern(CollectionsMarshal.AsSpan(x.Seen)));
            sums[pattern] = (0.8 * sums[pattern]) + Math.Log(At(s, i + 1) / x.Close);
            x.Want(sums[pattern] > 0);
        });
    }

    private static int Pattern(ReadOnlySpan<double> closes)
    {
        var pattern = 0;
        for (var i = closes.Length - 5; i < closes.Length; i++) pattern = (pattern << 1) | (closes[i] > closes[i - 1] ? 1 : 0);
        return pattern;
    }

    private static double Behind(Moment x, int bars)
    {
        var past = x.Context.Past(0);
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(past.Closes), past.Count + bars)[past.Count + bars - 1];
    }

    private static int Index(BarSeries s, Moment x) => s.LowerBound(new Timestamp(x.Time.Micros - s.Key.Interval.Micros));

    private static double At(BarSeries s, int index) => s.Closes[Math.Clamp(index, 0, s.Length - 1)];

    private static double Highest(BarSeries s, int from, int until)
    {
        var highest = double.MinValue;
        for (var i = Math.Clamp(from, 0, s.Length - 1); i <= Math.Min(until, s.Length - 1); i++) highest = Math.Max(highest, s.Highs[i]);
        return highest;
    }

    private static double Lowest(BarSeries s, int from, int until)
    {
        var lowest = double.MaxValue;
        for (var i = Math.Clamp(from, 0, s.Length - 1); i <= Math.Min(until, s.Length - 1); i++) lowest = Math.Min(lowest, s.Lows[i]);
        return lowest;
    }

    private static double Mean(BarSeries s, int from, int until)
    {
        var (sum, count) = (0.0, 0);
        for (var i = Math.Max(0, from); i <= Math.Min(until, s.Length - 1); i++) (sum, count) = (sum + s.Closes[i], count + 1);
        return sum / count;
    }

    private static double Deviation(BarSeries s)
    {
        var (mean, sum) = (Mean(s, 0, s.Length - 1), 0.0);
        foreach (var close in s.Closes) sum += (close - mean) * (close - mean);
        return Math.Sqrt(sum / s.Length);
    }

    private static double OfDay(IReadOnlyList<MacroObservation> observations, DateOnly day)
    {
        foreach (var o in observations)
        {
            if (o.Day == day) return o.Value!.Value;
        }

        return 20;
    }
}
