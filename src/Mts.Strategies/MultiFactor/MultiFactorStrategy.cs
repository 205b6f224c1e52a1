using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Strategies.MultiFactor;

/// <summary>Asks <see cref="MultiFactorRule"/> at every bar.</summary>
/// <remarks>
/// The original's formula, except: the 14-bar change goes back 14 bars and not 13; the score needs two readings that are not neutral, where one sufficed;
/// it speaks once all three parts of the trend do, where two sufficed; an observation that is older than two weeks counts as not known. Sizes and levels are ours: the original never came to give any.
/// </remarks>
internal sealed class MultiFactorStrategy(MultiFactorOptions options) : IStrategy
{
    private const string Vix = "VIXCLS";
    private const string Dollar = "DTWEXBGS";
    private const string HighYield = "BAMLH0A0HYM2";
    private const string TenYears = "DGS10";
    private const string TwoYears = "DGS2";
    private const int DollarRows = 20;

    private PriceFactors[] factors = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("MultiFactor", "Joins macro, trend and reversion where two of the three agree.", MultiFactorOptions.Specs),
        static values => new MultiFactorStrategy(MultiFactorOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { MacroSeries = [Vix, Dollar, HighYield, TenYears, TwoYears], WarmUpBars = PriceFactors.WarmUp };

    public void OnStart(IStrategyContext context) => factors = [.. context.Instruments.Select(_ => new PriceFactors())];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var macro = default(MacroScore?);
        foreach (ref readonly var entry in slice.Bars)
        {
            var price = factors[entry.Instrument];
            price.Add(entry.Bar.Close);
            if (price.Trend is not { } trend) continue;
            macro ??= Score(context, slice.Time);
            if (MultiFactorRule.Judge(entry.Bar.Close, macro.Value, trend, price.Reversion, price.Rsi, options) is { } opinion)
                context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }

    private MacroScore Score(IStrategyContext context, Timestamp now) => MacroScore.Of(
        MacroValues.Newest(context.Macro(Vix), now), MacroValues.Newest(context.Macro(Dollar), now), MacroValues.Mean(context.Macro(Dollar), DollarRows),
        MacroValues.Newest(context.Macro(HighYield), now),
        MacroValues.Newest(context.Macro(TenYears), now) - MacroValues.Newest(context.Macro(TwoYears), now), options);
}
