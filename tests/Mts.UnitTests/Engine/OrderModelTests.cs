using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

/// <summary>Random orders on random markets against a second reading of what fills when, in fractions of whole numbers of any length.</summary>
public sealed class OrderModelTests
{
    private const int Bars = 160;
    private static readonly Fraction Eight = Fraction.Of(100_000_000m);
    private static readonly BacktestOptions Costs = new() { Capital = 1_000_000_000_000m, FeeBps = 7.5m, SlippageBps = 3.25m };

    [Fact]
    public void Each_order_fills_when_and_where_the_model_says_and_the_money_is_the_models()
    {
        var kinds = new HashSet<(OrderType, TimeInForce, OrderState)>();
        for (var seed = 0; seed < 60; seed++)
        {
            var series = Market(seed);
            var orders = Orders(seed, series);
            var script = new OrderScript();
            foreach (var (bar, order) in orders) script.At(bar, order);
            var result = Runs.Run(script, Costs, series);

            var filled = script.Reports.Where(r => r.State == OrderState.Filled).ToList();
            var expected = orders.Select((o, i) => (Id: i + 1L, Fill: Model(o.Order, o.Bar, series))).Where(m => m.Fill is not null).ToList();
            var told = filled.OrderBy(r => r.Id).Select(r => $"{r.Id} {r.Request.Type} {r.Time} {r.Quantity:0.########} at {Fraction.Of(r.Price!.Value)}").ToList();
            var known = expected.Select(m => (Order: orders[(int)m.Id - 1], m)).ToList();
            for (var i = 0; i < Math.Max(told.Count, known.Count); i++)
            {
                told.ElementAtOrDefault(i).ShouldBe(
                    known.ElementAtOrDefault(i) is { Order.Order: { } o, m: var m } ? $"{m.Id} {o.Type} {series[m.Fill!.Value.Bar].OpenTime} {o.Quantity:0.########} at {m.Fill.Value.Price}" : null, $"seed {seed}");
            }

            filled.Zip(filled.Skip(1)).ShouldAllBe(pair => pair.First.Time <= pair.Second.Time);
            foreach (var report in filled) report.Time.ShouldBeGreaterThanOrEqualTo(series.CloseTime(orders[(int)report.Id - 1].Bar), $"seed {seed}, order {report.Id}");

            var (equity, fees) = Ledger([.. filled.Select(r => (orders[(int)r.Id - 1].Order, Fraction.Of(r.Price!.Value)))], series.Closes[^1]);
            result.Metrics.FinalEquity.ShouldBe(equity, $"seed {seed}");
            result.Metrics.Fees.ShouldBe(fees, $"seed {seed}");
            kinds.UnionWith(script.Reports.Select(r => (r.Request.Type, r.Request.TimeInForce, r.State)));
        }

        // The markets must have shown each type filled, and each end.
        foreach (var type in Enum.GetValues<OrderType>()) kinds.ShouldContain(k => k.Item1 == type && k.Item3 == OrderState.Filled, $"{type}");
        foreach (var state in (OrderState[])[OrderState.Cancelled, OrderState.Rejected, OrderState.Expired]) kinds.ShouldContain(k => k.Item3 == state, $"{state}");
    }

    [Fact]
    public void Higher_costs_leave_less_for_the_same_fills()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var series = Market(seed);
            var finals = new[] { (0m, 0m), (1m, 0m), (1m, 2m), (10m, 5m), (10m, 50m), (100m, 50m) }.Select(c =>
            {
                var script = new OrderScript();
                foreach (var (bar, order) in Orders(seed, series)) script.At(bar, order);
                return Runs.Run(script, Costs with { FeeBps = c.Item1, SlippageBps = c.Item2 }, series).Metrics.FinalEquity;
            }).ToList();
            finals.ShouldBe(finals.OrderDescending().ToList(), $"seed {seed}");
        }
    }

    [Fact]
    public void Brackets_groups_shares_of_volume_and_reductions_conserve_money_to_the_last_digit()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (script, options, series) = Wild(seed);
            var result = Runs.Run(script, options, series);
            result.Metrics.FinalEquity.ShouldBe(options.Capital + result.Trades.Sum(t => t.Pnl) + result.OpenPositions.Sum(p => p.UnrealizedPnl), $"seed {seed}");
            result.Metrics.Fees.ShouldBe(result.Trades.Sum(t => t.Fees) + result.OpenPositions.Sum(p => p.Fees), $"seed {seed}");
            var orders = result.Orders!;
            orders.Submitted.ShouldBe(orders.Filled + orders.Cancelled + orders.Rejected + orders.Expired + orders.Working, $"seed {seed}");
            BacktestJson.Write(Runs.Run(Wild(seed).Script, options, series)).ShouldBe(BacktestJson.Write(result), $"seed {seed}");
        }
    }

    [Fact]
    public void Another_future_leaves_the_fills_of_the_past_as_they_were()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            const int Cut = 100;
            var (script, options, series) = Wild(seed, Cut);
            var other = Market(seed + 500);
            var mixed = BarSeries.From(series.Key, true, [.. Enumerable.Range(0, Bars).Select(i => i < Cut ? series[i] : other[i])]);
            var again = Wild(seed, Cut).Script;
            var (a, b) = (Runs.Run(script, options with { EquityPerBar = true }, series), Runs.Run(again, options with { EquityPerBar = true }, mixed));
            var end = series[Cut].OpenTime;
            b.Equity.Where(p => p.Time <= end).ShouldBe(a.Equity.Where(p => p.Time <= end), $"seed {seed}");
            again.Reports.Where(r => r.Time < end).Select(r => (r.Id, r.State, r.Price)).ShouldBe(script.Reports.Where(r => r.Time < end).Select(r => (r.Id, r.State, r.Price)), $"seed {seed}");
        }
    }

    // Prices as a venue quotes them, without the dust of sums of doubles.
    private static BarSeries Market(int seed)
    {
        var series = Runs.Random(seed, Bars, "BTC/USDT:USDT");
        return BarSeries.From(series.Key, true, [.. Enumerable.Range(0, Bars).Select(i => series[i] with { High = Math.Round(series[i].High, 8), Low = Math.Round(series[i].Low, 8) })]);
    }

    // Orders whose fate does not hang on one another: more cash than they could use, and shorts are free.
    private static List<(int Bar, OrderRequest Order)> Orders(int seed, BarSeries series)
    {
        var random = new Random(seed);
        var orders = new List<(int, OrderRequest)>();
        for (var bar = 0; bar < Bars - 1; bar += random.Next(1, 4))
        {
            var (close, type, side) = (series.Closes[bar], (OrderType)random.Next(6), random.Next(2) == 0 ? Side.Buy : Side.Sell);
            decimal Near() => Math.Max(0.00000001m, Math.Round((decimal)(close * (1 + ((random.NextDouble() - 0.5) * 0.08))), 8));
            var order = new OrderRequest { Instrument = 0, Side = side, Type = type, Quantity = Math.Round((decimal)random.NextDouble() * 10, 8) + 0.00000001m };
            if (type is OrderType.Limit or OrderType.StopLimit) order = order with { LimitPrice = Near() };
            if (type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit) order = order with { StopPrice = Near() };
            if (type == OrderType.TrailingStop) order = random.Next(2) == 0 ? order with { TrailAmount = Math.Round((decimal)close * 0.03m, 8) + 0.00000001m } : order with { TrailFraction = 0.01 * random.Next(1, 8) };
            if (type is OrderType.Market or OrderType.Limit && random.Next(3) == 0) order = order with { TimeInForce = random.Next(2) == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.FillOrKill };
            else if (random.Next(3) == 0) order = order with { TimeInForce = TimeInForce.GoodTilDate, GoodUntil = series.CloseTime(bar) + TimeSpan.FromHours(random.Next(1, 150)) };
            if (type == OrderType.Limit && order.TimeInForce == TimeInForce.GoodTilCancelled && random.Next(3) == 0) order = order with { PostOnly = true };
            orders.Add((bar, order));
        }

        return orders;
    }

    /// <summary>One order alone, by the page's words.</summary>
    private static (int Bar, Fraction Price)? Model(OrderRequest o, int submitted, BarSeries series)
    {
        var buys = o.Side == Side.Buy;
        var isSet = o.Type is OrderType.Market or OrderType.Limit; // set off, or never needing to be
        Fraction? best = null;
        for (var t = submitted + 1; t < Bars; t++)
        {
            var (open, high, low, close) = (Exact(series.Opens[t]), Exact(series.Highs[t]), Exact(series.Lows[t]), Exact(series.Closes[t]));
            var until = o.GoodUntil?.Micros ?? long.MaxValue;
            if (until <= series.OpenTimes[t]) return null;
            var maySeeAll = until >= series.CloseTime(t).Micros;
            var isFirst = t == submitted + 1;

            if (o.Type == OrderType.Market) return (t, Slipped(open));
            if (o.Type == OrderType.TrailingStop)
            {
                var before = Trail(best);
                if (before is { } old && (buys ? open >= old : open <= old)) return (t, Slipped(open));
                best = best is null ? open : buys ? Min(best.Value, open) : Max(best.Value, open);
                var level = Trail(best)!.Value;
                if (buys ? high >= level : low <= level) return (t, Slipped(level));
                best = buys ? Min(best.Value, low) : Max(best.Value, high);
                level = Trail(best)!.Value;
                if (buys ? close >= level : close <= level) return (t, Slipped(level));
                continue;
            }

            if (o.Type is OrderType.Stop or OrderType.TakeProfit)
            {
                var (stop, rising) = (Fraction.Of(o.StopPrice!.Value), buys == (o.Type == OrderType.Stop));
                if (rising ? open >= stop : open <= stop) return (t, Slipped(open));
                if ((o.Type == OrderType.Stop || maySeeAll) && (rising ? high >= stop : low <= stop)) return (t, Slipped(stop));
                continue;
            }

            var limit = Fraction.Of(o.LimitPrice!.Value);
            var wasSet = isSet;
            if (!isSet)
            {
                var stop = Fraction.Of(o.StopPrice!.Value);
                if (buys ? open >= stop : open <= stop) isSet = true;
                else if (buys ? high >= stop : low <= stop)
                {
                    isSet = true;
                    if (buys ? limit >= stop : limit <= stop) return (t, Within(stop, limit));
                    continue; // it came to be inside the bar
                }
                else continue;
            }

            if (isFirst && o.PostOnly && (buys ? open <= limit : open >= limit)) return null;
            if (buys ? open < limit : open > limit) return (t, (isFirst && wasSet) || o.Type == OrderType.StopLimit ? Within(open, limit) : open);
            if (o.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill) return null;
            if (maySeeAll && (buys ? low < limit : high > limit)) return (t, limit);
        }

        return null;

        Fraction Slipped(Fraction price) => price * new Fraction(buys ? 10_003_250 : 9_996_750, 10_000_000);

        Fraction Within(Fraction price, Fraction limit) => (buys ? Slipped(price) <= limit : Slipped(price) >= limit) ? Slipped(price) : limit;

        Fraction? Trail(Fraction? from) => from is not { } f ? null : new Fraction((Eight * (o.TrailAmount is { } amount
            ? buys ? f + Fraction.Of(amount) : f - Fraction.Of(amount)
            : f * (buys ? Fraction.Of(1) + Fraction.Of((decimal)o.TrailFraction!.Value) : Fraction.Of(1) - Fraction.Of((decimal)o.TrailFraction!.Value)))).Rounded(), 100_000_000);
    }

    // A fill that turns the position is two, one that closes and one that opens, each rounded to 10⁻⁸ once.
    private static (decimal Equity, decimal Fees) Ledger(List<(OrderRequest Order, Fraction Price)> fills, double close)
    {
        var (cash, held, fees) = (Whole(Costs.Capital), BigInteger.Zero, BigInteger.Zero);
        foreach (var (order, price) in fills)
        {
            var quantity = Whole(order.Quantity!.Value);
            var closing = held.Sign == -(int)order.Side ? BigInteger.Min(quantity, BigInteger.Abs(held)) : BigInteger.Zero;
            foreach (var part in (BigInteger[])[closing, quantity - closing])
            {
                if (part == 0) continue;
                var notional = (new Fraction(part, 1) * price).Rounded();
                var fee = (new Fraction(notional, 1) * Fraction.Of(Costs.FeeBps / 10_000)).Rounded();
                (cash, held, fees) = (cash - ((int)order.Side * notional) - fee, held + ((int)order.Side * part), fees + fee);
            }
        }

        return (Money(cash + (new Fraction(held, 1) * Exact(close)).Rounded()), Money(fees));
    }

    private static (OrderScript Script, BacktestOptions Options, BarSeries Series) Wild(int seed, int bars = Bars)
    {
        var series = Market(seed);
        var random = new Random(seed + 77);
        var script = new OrderScript();
        foreach (var (bar, plain) in Orders(seed, series).Where(o => o.Bar < bars))
        {
            var order = plain;
            var reference = order.LimitPrice ?? order.StopPrice ?? (decimal)series.Closes[bar];
            if (random.Next(3) == 0) order = order with { Quantity = null, EquityFraction = random.NextDouble() };
            if (random.Next(4) == 0) order = order with { ReduceOnly = true };
            else if (random.Next(3) == 0) order = order with { StopLoss = reference * (1 - ((int)order.Side * 0.03m)), TakeProfit = random.Next(2) == 0 ? reference * (1 + ((int)order.Side * 0.04m)) : null };
            if (random.Next(4) == 0) order = order with { OcoGroup = random.Next(3) };
            script.At(bar, order);
            if (random.Next(5) == 0) script.Do(bar, c => { foreach (var o in c.Orders(0).Take(2)) c.Cancel(o.Id); });
        }

        var execution = new ExecutionOptions { VolumeShare = seed % 2 == 0 ? null : 1m, OrderLatency = seed % 5 == 0 ? TimeSpan.FromHours(20) : TimeSpan.Zero, LimitFill = seed % 3 == 0 ? LimitFill.Touch : LimitFill.Through };
        return (script, new BacktestOptions { Execution = execution, Lots = [0.001m] }, series);
    }

    private static Fraction Exact(double price) => Fraction.Of(decimal.Parse(price.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture));

    private static BigInteger Whole(decimal value) => (BigInteger)(value * 100_000_000m);

    private static decimal Money(BigInteger value) => (decimal)value / 100_000_000m;

    private static Fraction Min(Fraction a, Fraction b) => a <= b ? a : b;

    private static Fraction Max(Fraction a, Fraction b) => a >= b ? a : b;

    /// <summary>A number that is not rounded.</summary>
    private readonly record struct Fraction
    {
        private readonly BigInteger over;
        private readonly BigInteger under;

        public Fraction(BigInteger over, BigInteger under)
        {
            var common = BigInteger.GreatestCommonDivisor(over, under);
            (this.over, this.under) = (over / common, under / common);
        }

        public static Fraction Of(decimal value)
        {
            var bits = decimal.GetBits(value);
            var whole = new BigInteger((uint)bits[0]) + ((BigInteger)(uint)bits[1] << 32) + ((BigInteger)(uint)bits[2] << 64);
            return new Fraction(bits[3] < 0 ? -whole : whole, BigInteger.Pow(10, (bits[3] >> 16) & 31));
        }

        public static Fraction operator *(Fraction a, Fraction b) => new(a.over * b.over, a.under * b.under);

        public static Fraction operator +(Fraction a, Fraction b) => new((a.over * b.under) + (b.over * a.under), a.under * b.under);

        public static Fraction operator -(Fraction a, Fraction b) => new((a.over * b.under) - (b.over * a.under), a.under * b.under);

        public static bool operator <(Fraction a, Fraction b) => a.over * b.under < b.over * a.under;

        public static bool operator >(Fraction a, Fraction b) => b < a;

        public static bool operator <=(Fraction a, Fraction b) => !(b < a);

        public static bool operator >=(Fraction a, Fraction b) => !(a < b);

        /// <summary>The nearest whole number, half away from zero.</summary>
        public BigInteger Rounded()
        {
            var (quotient, rest) = BigInteger.DivRem(over, under);
            return BigInteger.Abs(rest) * 2 >= under ? quotient + over.Sign : quotient;
        }

        public override string ToString() => $"{over}/{under}";
    }
}
