using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.FundingCarry;

/// <summary>Earns the funding that longs of a perpetual pay: short of it and long of its spot market in equal parts, while the mean of the settled rates is high.</summary>
/// <remarks>
/// The cash and carry trade: price moves of the two legs cancel, what remains is funding less costs and less the change of the basis.
/// Only rates that have been settled before the bar's close count. The legs are of equal value at entry and are not adjusted.
/// Without its spot market a perpetual is traded only if asked for, on the side that is paid, and then carries the whole risk of the price.
/// </remarks>
internal sealed class FundingCarryStrategy(FundingCarryOptions options) : IStrategy
{
    private Carry[] carries = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("FundingCarry", "Short of a perpetual and long of its spot market while longs pay high funding.", FundingCarryOptions.Specs),
        static values => new FundingCarryStrategy(FundingCarryOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = 1, MinInstruments = options.Unhedged ? 1 : 2 };

    /// <exception cref="ConfigurationException">There is nothing to trade among the instruments.</exception>
    public void OnStart(IStrategyContext context)
    {
        var symbols = context.Instruments.Select(i => i.Key.Symbol).ToList();
        carries =
        [
            .. from p in Enumerable.Range(0, symbols.Count)
               where symbols[p].IsPerpetual
               let spot = symbols.FindIndex(s => !s.IsPerpetual && s.Base == symbols[p].Base && s.Quote == symbols[p].Quote)
               where spot >= 0 || options.Unhedged
               select new Carry(p, spot >= 0 ? spot : null),
        ];
        if (carries.Length == 0)
            throw new ConfigurationException($"strategy FundingCarry needs a perpetual and its spot market, as in --symbols BTC/USDT BTC/USDT:USDT, and the run has {string.Join(", ", symbols)}; unhedged=1 trades a perpetual alone.");
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var carry in carries)
        {
            var perpetual = Find(carry.Perpetual, slice);
            var spot = carry.Spot is { } other ? Find(other, slice) : -1;
            // Both legs are decided together or not at all.
            if (perpetual >= 0 && (carry.Spot is null || spot >= 0)) Judge(carry, context, slice.Time);
            if (perpetual >= 0) carry.PerpetualStance.Say(Name, Size(carry), slice.Bars[perpetual], slice, context);
            if (spot >= 0) carry.SpotStance.Say(Name, Size(carry), slice.Bars[spot], slice, context);
        }
    }

    private void Judge(Carry carry, IStrategyContext context, Timestamp now)
    {
        var funding = FundingYield.Of(context.Funding(carry.Perpetual), options.Rates, TimeSpan.FromDays(options.MaxAgeDays), now);
        var side = carry.PerpetualStance.Direction;
        // The side that is paid: short while longs pay.
        var wanted = funding switch
        {
            null => Direction.Flat,
            { } f when f > options.Entry => Direction.Short,
            { } f when carry.Spot is null && f < -options.Entry => Direction.Long,
            { } f when side == Direction.Short && f >= options.Exit => side,
            { } f when side == Direction.Long && f <= -options.Exit => side,
            _ => Direction.Flat,
        };
        if (wanted == side) return;
        var limit = wanted == Direction.Flat ? options.Exit : options.Entry;
        var reason = funding is { } rate
            ? $"funding {100 * rate:0.##} % a year over {options.Rates} rates, {(wanted == Direction.Flat ? "not beyond" : "beyond")} {100 * limit:0.##} %"
            : $"no funding rate of the last {options.MaxAgeDays:0.#} days";
        carry.PerpetualStance.Take(wanted, now, carry.Spot is null ? $"{reason}; unhedged" : reason);
        if (carry.Spot is not null) carry.SpotStance.Take((Direction)(-(int)wanted), now, reason);
    }

    private double Size(Carry carry) => options.Size / carries.Length / (carry.Spot is null ? 1 : 2);

    private static int Find(int instrument, in MarketSlice slice)
    {
        for (var i = 0; i < slice.Bars.Length; i++)
        {
            if (slice.Bars[i].Instrument == instrument) return i;
        }

        return -1;
    }
}
