using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Strategies.Ripple;

/// <summary>Asks <see cref="RippleRule"/> at every bar.</summary>
/// <remarks>
/// The original's points and weights, except: the hour is that of the bar's close in UTC, hours 14 and 15 belong to the later span, and the hour counts for bars
/// shorter than a day only; momentum is measured (there it was a constant); the dollar index is judged by its distance from its own mean, because the fixed levels
/// 105 and 115 made it a constant; volume that is not high adds nothing. What was a constant there (divergence, trend, support, accumulation, regime) is left out.
/// It was made for XRP and runs on any instrument; with BTC in the same run the correlation takes part.
/// </remarks>
internal sealed class RippleStrategy(RippleOptions options) : IStrategy
{
    private const string Vix = "VIXCLS";
    private const string Dollar = "DTWEXBGS";
    private const int DollarRows = 250;

    private RippleState[] states = [];
    private int bitcoin = -1;

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Ripple", "Adds up points of price, volume, VIX, dollar and independence of BTC; made for XRP.", RippleOptions.Specs),
        static values => new RippleStrategy(RippleOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { MacroSeries = [Vix, Dollar], WarmUpBars = RippleState.WarmUp(options), Volume = true };

    public void OnStart(IStrategyContext context)
    {
        states = [.. context.Instruments.Select(i => new RippleState(options, options.DaysPerYear * (TimeSpan.FromDays(1) / i.Key.Interval.Length)))];
        bitcoin = context.Instruments.ToList().FindIndex(i => i.Key.Symbol.Base == "BTC");
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var vix = MacroValues.Newest(context.Macro(Vix), slice.Time);
        var dollar = (MacroValues.Newest(context.Macro(Dollar), slice.Time) / MacroValues.Mean(context.Macro(Dollar), DollarRows)) - 1;
        var bitcoinClose = BitcoinClose(slice);
        foreach (ref readonly var entry in slice.Bars)
        {
            var state = states[entry.Instrument];
            state.Add(entry.Bar);
            if (bitcoinClose is { } other && entry.Instrument != bitcoin) state.WithBitcoin.Add(entry.Bar.Close, other);
            var isIntraday = context.Instruments[entry.Instrument].Key.Interval.Length < TimeSpan.FromDays(1);
            var weight = RippleRule.HourWeight(slice.Time.ToDateTimeOffset().Hour, isIntraday);
            if (state.Figures(vix, dollar, weight) is { } figures && RippleRule.Judge(figures, options) is { } opinion)
                context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }

    private double? BitcoinClose(in MarketSlice slice)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            if (entry.Instrument == bitcoin) return entry.Bar.Close;
        }

        return null;
    }
}
