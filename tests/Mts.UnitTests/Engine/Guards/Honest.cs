using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Strategies;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>Strategies that know nothing they should not, however odd: none of them may be accused.</summary>
internal static class Honest
{
    /// <summary>By name: how it is made.</summary>
    public static IReadOnlyDictionary<string, Func<IStrategy>> All { get; } = Catalogue().Concat(Rules()).ToDictionary(s => s.Key, s => s.Value);

    private static IEnumerable<KeyValuePair<string, Func<IStrategy>>> Catalogue()
    {
        var catalog = new StrategyCatalog();
        // The market has perpetuals alone.
        var unusual = new Dictionary<string, string> { ["FundingCarry"] = "unhedged" };
        return catalog.All.Select(d => KeyValuePair.Create(
            $"{d.Name} of the catalogue", () => catalog.Create(d.Name, unusual.TryGetValue(d.Name, out var one) ? new Dictionary<string, string> { [one] = "1" } : [])));
    }

    private static Dictionary<string, Func<IStrategy>> Rules() => new()
    {
        ["never trades"] = () => new Rule("Never", _ => { }),
        ["is always long"] = () => new Rule("Always", x => x.Want(true)),
        ["says long at every bar"] = () => new Rule("Insists", x => x.Say(Direction.Long)),
        ["buys once and is silent"] = () => new Rule("Once", x => { if (x.Index == 0) x.Say(Direction.Long); }),
        ["turns at every bar"] = () => new Rule("Turns", x => x.Say(x.Index % 2 == 0 ? Direction.Long : Direction.Short)),
        ["draws from a seed"] = () => Seeded(),
        ["draws sizes from a seed"] = () => SeededSizes(),
        ["is long on Mondays"] = () => new Rule("Mondays", x => x.Want(x.Time.Date.DayOfWeek == DayOfWeek.Monday)),
        ["is long at some hours"] = () => new Rule("Hours", x => x.Want(x.Time.Micros / 3_600_000_000L % 24 is >= 6 and < 12)),
        ["buys more on the first of a month"] = () => new Rule("Dca", x => { if (x.Time.Date.Day == 1) x.Say(Direction.Long, size: Math.Min(1, 0.1 * x.Time.Date.Month)); }),
        ["counts to seventeen"] = () => new Rule("Counter", x => x.Want(x.Index / 17 % 2 == 1)),
        ["crosses exponential means"] = () => Exponential(12, 26),
        ["crosses exponential means of long memory"] = () => Exponential(100, 600),
        ["means over everything so far"] = () => Expanding(),
        ["breaks the highest of all so far"] = () => Record(),
        ["adds up volume by direction"] = () => OnBalance(),
        ["looks back 400 bars"] = () => new Rule("Back", x => x.Want(x.Context.Past(0).Count > 400 && x.Close > x.Context.Past(0).Closes[^401]), 401),
        ["reads highs and lows of the past"] = () => new Rule("Channel", Channel),
        ["builds longer bars after their close"] = () => Longer(),
        ["trails a stop of its own"] = () => Trailing(),
        ["leaves at a profit of its position"] = () => new Rule("Profit", Profit),
        ["waits after fills"] = () => new Rule("Cool", Cool),
        ["sizes by its equity"] = () => new Rule("Equity", x => x.Say(Direction.Long, size: Math.Clamp(x.Context.Equity(0) / 200_000, 0.1, 1))),
        ["has wide stops"] = () => new Rule("Wide", x => { if (x.Position == Direction.Flat) x.Say(Direction.Long, stop: x.Close * 0.5); }),
        ["has tight stops and targets"] = () => new Rule("Tight", x => { if (x.Position == Direction.Flat) x.Say(Direction.Long, stop: x.Close * 0.995, target: x.Close * 1.004); }),
        ["has horizons"] = () => new Rule("Horizon", x => { if (x.Index % 20 == 0) x.Say(Direction.Long, horizon: TimeSpan.FromHours(7)); }),
        ["gives limit orders"] = () => new Rule("Limits", x =>
        {
            if (x.Index % 5 == 0 && x.Position == Direction.Flat) x.Context.Submit(new OrderRequest { Instrument = 0, Side = Side.Buy, Type = OrderType.Limit, EquityFraction = 0.5, LimitPrice = (decimal)Math.Round(x.Close * 0.998, 4), TimeInForce = TimeInForce.GoodTilDate, GoodUntil = x.Time + TimeSpan.FromHours(30) });
            else if (x.Index % 5 == 3 && x.Position == Direction.Long) x.Say(Direction.Flat);
        }),
        ["answers its fills with stop orders"] = () => new Answering(),
        ["reads weeks beside its bars"] = () => new Weekly(),
        ["reads the last funding rate"] = () => new Rule("Carry", x => x.Want(x.Context.Funding(0) is [.., var last] && last.Rate < 0)),
        ["sells short against moves"] = () => new Rule("Fade", x => x.Say(x.Mean(3) > x.Mean(30) ? Direction.Short : Direction.Long, size: 0.3)),
        ["follows the last move"] = () => new Rule("Last", x => x.Want(x.Index > 0 && x.Close > x.Seen[^2])),
        ["learns from labels that have passed"] = () => Learning(),
        ["reads the newest macro observation"] = () => new Rule("Vix", x => x.Want(x.Context.Macro("VIXCLS") is [.., var last] && last.Value < 20)),
        ["reads changes of macro observations"] = () => new Rule("VixMove", x => x.Want(x.Context.Macro("VIXCLS") is [.., var a, var b] && b.Value > a.Value)),
        ["follows another market"] = () => new Rule("Leader", x => x.Want(x.Context.Past(1).Count > 20 && x.Context.Past(1).Closes[^1] > x.Context.Past(1).Closes[^20])),
        ["trades the ratio of two markets"] = () => Ratio(),
        ["trades on volume"] = () => new Rule("Volume", x => x.Want(x.Bar.Volume > 500)),
        ["trades on the shape of a bar"] = () => new Rule("Shape", x => x.Want(x.Bar.Close - x.Bar.Low > x.Bar.High - x.Bar.Close)),
        ["says nothing for long and then much"] = () => new Rule("Late", x => { if (x.Index > 300) x.Want(x.Mean(4) > x.Mean(9)); }),
    };

    private static Rule Seeded()
    {
        var random = new Random(42);
        return new Rule("Seeded", x => x.Want(random.Next(2) == 0));
    }

    private static Rule SeededSizes()
    {
        var random = new Random(43);
        return new Rule("Sizes", x => x.Say(random.Next(3) == 0 ? Direction.Flat : Direction.Long, size: random.NextDouble()));
    }

    private static Rule Exponential(int fast, int slow)
    {
        double? a = null, b = null;
        return new Rule("Exponential", x =>
        {
            (a, b) = (((a ?? x.Close) * (fast - 1) / (fast + 1)) + (x.Close * 2 / (fast + 1)), ((b ?? x.Close) * (slow - 1) / (slow + 1)) + (x.Close * 2 / (slow + 1)));
            if (x.Index > slow) x.Want(a > b);
        });
    }

    private static Rule Expanding()
    {
        var sum = 0.0;
        return new Rule("Expanding", x =>
        {
            sum += x.Close;
            x.Want(x.Close > sum / x.Seen.Count);
        });
    }

    private static Rule Record()
    {
        var (highest, since) = (0.0, 0);
        return new Rule("Record", x =>
        {
            if (x.Bar.High > highest) (highest, since) = (x.Bar.High, x.Index);
            x.Want(x.Index - since < 12);
        });
    }

    private static Rule OnBalance()
    {
        var (balance, mean) = (0.0, 0.0);
        return new Rule("OnBalance", x =>
        {
            balance += x.Index == 0 ? 0 : Math.Sign(x.Close - x.Seen[^2]) * x.Bar.Volume;
            mean += (balance - mean) / 20;
            x.Want(balance > mean);
        });
    }

    private static void Channel(Moment x)
    {
        var past = x.Context.Past(0);
        if (past.Count < 30) return;
        double highest = double.MinValue, lowest = double.MaxValue;
        for (var i = past.Count - 21; i < past.Count - 1; i++) (highest, lowest) = (Math.Max(highest, past.Highs[i]), Math.Min(lowest, past.Lows[i]));
        if (x.Close > highest) x.Want(true);
        if (x.Close < lowest) x.Want(false);
    }

    private static Rule Longer()
    {
        var closes = new List<double>();
        return new Rule("Longer", x =>
        {
            if (x.Time.Micros / x.Context.Instruments[0].Key.Interval.Micros % 6 != 0) return;
            closes.Add(x.Close);
            if (closes.Count > 8) x.Want(closes[^1] > closes.TakeLast(8).Average());
        });
    }

    private static Rule Trailing()
    {
        var best = 0.0;
        return new Rule("Trailing", x =>
        {
            best = x.Position == Direction.Long ? Math.Max(best, x.Close) : x.Close;
            x.Want(x.Position == Direction.Long ? x.Close > best * 0.97 : x.Mean(3) > x.Mean(12));
        });
    }

    private static void Profit(Moment x)
    {
        var held = x.Context.Position(0);
        if (held.Quantity == 0) x.Want(x.Mean(2) < x.Mean(10));
        else if (x.Close > held.EntryPrice * 1.01 || x.Time - held.EntryTime > TimeSpan.FromHours(30)) x.Want(false);
    }

    private static void Cool(Moment x)
    {
        if (x.Context.Fills is [.., var last] && x.Time - last.Time < TimeSpan.FromHours(5)) return;
        x.Want(x.Position != Direction.Long);
    }

    private static Rule Learning()
    {
        var sums = new double[4];
        return new Rule("Learning", x =>
        {
            if (x.Seen.Count < 4) return;
            var (now, before) = (Kind(x.Seen, 0), Kind(x.Seen, 1));
            sums[before] = (0.95 * sums[before]) + Math.Log(x.Seen[^1] / x.Seen[^2]);
            x.Want(sums[now] > 0);
        });

        static int Kind(List<double> closes, int back) => (closes[^(1 + back)] > closes[^(2 + back)] ? 1 : 0) + (closes[^(2 + back)] > closes[^(3 + back)] ? 2 : 0);
    }

    private static Rule Ratio()
    {
        var ratios = new List<double>();
        return new Rule("Ratio", x =>
        {
            ratios.Add(x.Close / x.Context.Past(1).Closes[^1]);
            if (ratios.Count >= 50) x.Want(ratios[^1] < ratios.TakeLast(50).Average());
        });
    }
}
