using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine;

/// <summary>The benchmark: each instrument bought at the open of its second bar in the range with its share of the capital, at the run's costs, and held, funding of perpetuals included.</summary>
internal static class BuyAndHold
{
    /// <returns>The return, and equity at the asked times; null and empty where nothing can be bought.</returns>
    public static (double? Return, IReadOnlyList<EquityPoint> Curve) Of(BacktestInputs inputs, BacktestOptions options, IReadOnlyList<EquityPoint> times)
    {
        var capital = Scaled.Amount(options.Capital);
        var terms = new VenueTerms(options, inputs.Instruments, i => inputs.Instruments[i].Series, new Assumptions());
        var held = new List<Bought>();
        var shares = RunParts.Shares(capital, inputs.Instruments.Count);
        for (var i = 0; i < shares.Length; i++)
            held.Add(Buy(i, inputs, terms, shares[i]));
        if (held.TrueForAll(h => h.Quantity == 0)) return (null, []);

        var curve = times.Select(p => new EquityPoint(p.Time, Scaled.ToDouble(Value(held, p.Time)))).ToList();
        return ((double)(Scaled.ToDecimal(Value(held, inputs.End)) / options.Capital) - 1, curve);
    }

    private static Bought Buy(int instrument, BacktestInputs inputs, VenueTerms terms, Account account)
    {
        var (data, series) = (inputs.Instruments[instrument], inputs.Instruments[instrument].Series);
        var entry = series.LowerBound(inputs.Start) + 1;
        if (entry >= series.Length) return new Bought(series, 0, account.Cash, long.MaxValue);
        var price = Scaled.Price(series.Opens[entry]);
        var order = terms.For(instrument, account.Cash, series.OpenTimes[entry]);
        var costs = order.Costs;
        var quantity = costs.Affordable(account.Cash, price, order.Lot);
        var notional = costs.Notional(Side.Buy, quantity, price);
        var before = account.Cash;
        account.Settle(Side.Buy, notional, costs.FeeWithin(before, notional));
        return new Bought(series, quantity, account.Cash, series.OpenTimes[entry]) { Before = before, Funding = new HeldFunding(data, quantity, series.OpenTimes[entry]) };
    }

    private static WideInt Value(List<Bought> held, Timestamp time)
    {
        var sum = (WideInt)0;
        foreach (var h in held) sum += h.Value(time);
        return sum;
    }

    private sealed record Bought(BarSeries Series, WideInt Quantity, WideInt Cash, long EntryTime)
    {
        public WideInt Before { get; init; } = Cash;

        /// <summary>Null for what was not bought.</summary>
        public HeldFunding? Funding { get; init; }

        public WideInt Value(Timestamp time)
        {
            var last = Series.ClosedBy(time) - 1;
            if (last < 0 || time.Micros <= EntryTime) return Before;
            return Cash + Scaled.Value(Quantity, Scaled.Price(Series.Closes[last])) + (Funding?.Until(time) ?? 0);
        }
    }
}
