using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>What each order meets at its venue: the fee in force, the slippage at its time, tick, lot and least notional.</summary>
internal sealed class VenueTerms
{
    private const decimal MostBps = 5_000;

    private readonly BacktestOptions options;
    private readonly IReadOnlyList<InstrumentData> instruments;
    private readonly Func<int, BarSeries> bars;
    private readonly Assumptions assumptions;
    private readonly OrderTerms[] plain;
    private readonly CostOptions? costs;
    private readonly Dictionary<(decimal Fee, decimal Slippage, decimal Tick), Costs> known = [];
    private readonly Dictionary<string, TrailingNotional> traded = new(StringComparer.Ordinal);

    /// <param name="options">Of the run.</param>
    /// <param name="instruments">Its data.</param>
    /// <param name="bars">The bars of an instrument, as far as there are any.</param>
    /// <param name="assumptions">Takes what is not known.</param>
    public VenueTerms(BacktestOptions options, IReadOnlyList<InstrumentData> instruments, Func<int, BarSeries> bars, Assumptions assumptions)
    {
        (this.options, this.instruments, this.bars, this.assumptions, costs) = (options, instruments, bars, assumptions, options.Costs);
        var usual = new Costs(options.FeeBps, options.SlippageBps);
        plain = [.. instruments.Select((_, i) => new OrderTerms(usual, RunParts.Lot(options, i), 0))];
    }

    /// <param name="instrument">Index of the instrument in the run.</param>
    /// <param name="worth">Of what is wanted, before costs, 10⁻⁸ quote units.</param>
    /// <param name="time">When it is executed.</param>
    /// <param name="rests">True for a limit order that waited in the book: it pays the maker's fee and does not slip.</param>
    public OrderTerms For(int instrument, WideInt worth, long time, bool rests = false)
    {
        if (costs is null) return plain[instrument];
        var rules = Rules(instrument, time);
        var key = (Fee(instrument, time, rests), rests ? 0 : Slippage(instrument, worth, time), rules?.Tick ?? 0);
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out _);
        found ??= new Costs(key.Item1, key.Item2, (long)Scaled.Amount(key.Item3));
        return new OrderTerms(found, rules?.Lot is { } lot ? (long)Scaled.Amount(lot) : plain[instrument].Lot, Scaled.Amount(rules?.MinNotional ?? 0));
    }

    /// <summary>Quantity step, 10⁻⁸ base units.</summary>
    public long Lot(int instrument, long time) => costs?.Rules?[instrument]?.At(new Timestamp(time))?.Lot is { } lot ? (long)Scaled.Amount(lot) : plain[instrument].Lot;

    /// <summary>Price step, 10⁻⁸ quote units; 0 for none.</summary>
    public long Tick(int instrument, long time) => (long)Scaled.Amount(costs?.Rules?[instrument]?.At(new Timestamp(time))?.Tick ?? 0);

    /// <summary>Least worth of an order that opens, 10⁻⁸ quote units; 0 for none.</summary>
    public WideInt MinNotional(int instrument, long time) => Scaled.Amount(costs?.Rules?[instrument]?.At(new Timestamp(time))?.MinNotional ?? 0);

    /// <summary>Counts a fill towards the tiers of those after it.</summary>
    public void Filled(int instrument, WideInt notional, long time)
    {
        if (costs?.Fees is { } fees) Trail(fees[instrument]).Add(new Timestamp(time), notional);
    }

    private TrailingNotional Trail(FeeSchedule schedule)
    {
        ref var trail = ref CollectionsMarshal.GetValueRefOrAddDefault(traded, schedule.Name, out _);
        return trail ??= new TrailingNotional(FeeSchedule.Window);
    }

    private decimal Fee(int instrument, long time, bool rests)
    {
        if (costs!.Fees?[instrument] is not { } schedule) return rests ? costs.MakerBps ?? options.FeeBps : options.FeeBps;
        var now = new Timestamp(time);
        if (!schedule.Knows(now)) assumptions.Note(instrument, $"the fees of {schedule.Name} are known from {schedule.Tables[0].From.Date:yyyy-MM-dd} on; those of that day were assumed before it", time);
        var tier = schedule.At(now, Scaled.ToDecimal(Trail(schedule).Before(now)));
        return rests ? tier.MakerBps : tier.TakerBps;
    }

    private decimal Slippage(int instrument, WideInt worth, long time)
    {
        var bps = options.SlippageBps;
        if (costs!.Spread is { } spread) bps = HalfSpread(instrument, spread, time);
        if (costs.Impact is { } impact) bps += Impact(instrument, impact, Scaled.ToDouble(WideInt.Max(0, worth)), time);
        return Math.Min(bps, MostBps);
    }

    private decimal HalfSpread(int instrument, SpreadOptions spread, long time)
    {
        if (spread.Bps is { } given) return decimal.Round(given / 2, 4, MidpointRounding.ToPositiveInfinity);
        if (Newest(instruments[instrument].Spreads ?? [], time) is { } quote && time - quote.Time.Micros <= SpreadOptions.Newest.Ticks / 10) return MarketImpact.ToLedger(quote.Bps / 2);
        assumptions.Note(instrument, FormattableString.Invariant($"no spread was recorded in the hour before the order; slippage of {options.SlippageBps:0.####} bps was assumed"), time);
        return options.SlippageBps;
    }

    private static SpreadQuote? Newest(IReadOnlyList<SpreadQuote> spreads, long time)
    {
        var (low, high) = (0, spreads.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (spreads[middle].Time.Micros <= time) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : spreads[low - 1];
    }

    // Bars that have closed by then: what the bar under way will trade, nobody knows at its open.
    private decimal Impact(int instrument, ImpactOptions impact, double order, long time)
    {
        var series = bars(instrument);
        var closed = series.ClosedBy(new Timestamp(time));
        if (RecentMarket.Of(series.Closes[..closed], series.Volumes[..closed]) is { } market)
        {
            var bps = MarketImpact.Bps(impact.Law, impact.Coefficient, market, order);
            if (bps >= MarketImpact.MostBps) assumptions.Note(instrument, FormattableString.Invariant($"the order is too large for its market; an impact of {MarketImpact.MostBps} bps was assumed"), time);
            return MarketImpact.ToLedger(bps);
        }

        assumptions.Note(instrument, $"volume impact was not counted: fewer than two bars, or none with volume, among the {RecentMarket.Bars} before the order", time);
        return 0;
    }

    private InstrumentRules? Rules(int instrument, long time)
    {
        if (costs!.Rules is not { } histories) return null;
        if (histories[instrument]?.At(new Timestamp(time)) is { } rules) return rules;
        assumptions.Note(instrument, "tick, lot and least notional are not known for the time of the order; none but --lot was applied", time);
        return null;
    }
}
