using Mts.Core.Indicators;
using Mts.Core.Ports;

namespace Mts.Strategies.VolatilityTarget;

/// <summary>Long with the share at which the position would have had the volatility asked for; resized when it has come to differ by more than a band.</summary>
/// <remarks>
/// Share = target / volatility, at most a given one; volatility is the sample deviation of the last log returns, annualised.
/// Moreira and Muir, Volatility-Managed Portfolios, Journal of Finance 72, 2017; Harvey et al., The Impact of Volatility Targeting, Journal of Portfolio Management 45, 2018.
/// A price that does not move has no volatility: nothing is said of it.
/// </remarks>
internal sealed class VolatilityTargetStrategy(double target, int length, double band, double most, double daysPerYear) : IStrategy
{
    private (LogReturnVolatility Volatility, WantedWeight Wanted)[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("VolatilityTarget", "Long with the share that has the volatility asked for; resized when off by more than a band.",
        [
            new ParameterSpec("target", 0.4, 0.01, 5, IsInteger: false, "annualised volatility asked for, a fraction"),
            new ParameterSpec("length", 30, 2, 10_000, IsInteger: true, "returns in the volatility"),
            new ParameterSpec("band", 0.1, 0, 1, IsInteger: false, "difference from the share held that is let be, a fraction of equity"),
            new ParameterSpec("max_share", 1, 0.01, 1, IsInteger: false, "most of equity that is held"),
            new ParameterSpec("days_per_year", 365, 1, 366, IsInteger: false, "trading days in a year, for the annualised figure"),
        ]),
        static p => new VolatilityTargetStrategy(p["target"], (int)p["length"], p["band"], p["max_share"], p["days_per_year"]));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = length + 1, Capital = CapitalSharing.Equal };

    public void OnStart(IStrategyContext context) => states =
    [
        .. context.Instruments.Select(i => (new LogReturnVolatility(length, daysPerYear * (TimeSpan.FromDays(1) / i.Key.Interval.Length)), new WantedWeight())),
    ];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var (volatility, wanted) = states[entry.Instrument];
            volatility.Add(entry.Bar.Close);
            if (volatility.Value is { } value and > 0) Judge(value, wanted, entry, slice, context);
            wanted.Say(Name, entry, slice, context);
        }
    }

    private void Judge(double volatility, WantedWeight wanted, in SliceBar entry, in MarketSlice slice, IStrategyContext context)
    {
        var (share, held) = (Math.Min(most, target / volatility), WantedWeight.Held(entry, context));
        if (wanted.Value != 0 && Math.Abs(share - held) <= band) return;
        wanted.Want(
            share, held, band, slice.Time,
            $"volatility {100 * volatility:0.#} % a year over {length} returns, {100 * target:0.#} % asked for: {100 * share:0.#} % of equity, {100 * held:0.#} % held");
    }
}
