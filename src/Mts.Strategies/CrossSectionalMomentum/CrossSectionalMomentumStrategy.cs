using Mts.Core.Indicators;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.CrossSectionalMomentum;

/// <summary>Holds the instruments with the highest returns over the last bars, each at the same share of one account, chosen anew every so many bars.</summary>
/// <remarks>
/// After Jegadeesh and Titman, Returns to Buying Winners and Selling Losers, Journal of Finance 48, 1993; the winners only, nothing is sold short.
/// Only instruments with a bar at the instant and enough bars before it are ranked; at equal returns the earlier one in the run goes first.
/// What stays among the chosen keeps its position as it is: shares are equal at entry and drift until an instrument leaves.
/// </remarks>
internal sealed class CrossSectionalMomentumStrategy(int lookback, int top, int rebalance) : IStrategy
{
    private Contender[] contenders = [];
    private Contender[] ranking = [];
    private int wait;

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("CrossSectionalMomentum", "Holds the instruments with the highest returns at equal shares, chosen anew every few bars.",
        [
            new ParameterSpec("lookback", 30, 1, 10_000, IsInteger: true, "bars over which the return is measured"),
            new ParameterSpec("top", 1, 1, 1_000, IsInteger: true, "instruments held, fewer than the run has"),
            new ParameterSpec("rebalance", 7, 1, 10_000, IsInteger: true, "bars from one choice to the next"),
        ]),
        static p => new CrossSectionalMomentumStrategy((int)p["lookback"], (int)p["top"], (int)p["rebalance"]));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = lookback + 1, MinInstruments = top + 1, Capital = CapitalSharing.Shared };

    public void OnStart(IStrategyContext context)
    {
        contenders = [.. context.Instruments.Select((_, i) => new Contender(i, lookback))];
        ranking = [.. contenders];
        wait = 0;
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var contender in contenders) contender.Return = null;
        foreach (ref readonly var entry in slice.Bars) contenders[entry.Instrument].Add(entry.Bar.Close);
        if (--wait < 0) Choose(slice);
        foreach (ref readonly var entry in slice.Bars) contenders[entry.Instrument].Stance.Say(Name, 1.0 / top, entry, slice, context);
    }

    private void Choose(in MarketSlice slice)
    {
        Array.Sort(ranking, Contender.ByReturn);
        var ranked = 0;
        while (ranked < ranking.Length && ranking[ranked].Return is not null) ranked++;
        if (ranked == 0) return;
        wait = rebalance - 1;
        for (var i = 0; i < ranking.Length; i++)
        {
            var (contender, wanted) = (ranking[i], i < top && i < ranked ? Direction.Long : Direction.Flat);
            if (contender.Stance.Direction == wanted) continue;
            contender.Stance.Take(wanted, slice.Time, contender.Return is { } change
                ? $"return over {lookback} bars {100 * change:0.##} %, rank {i + 1} of {ranked}, top {top} held"
                : $"no bar to rank among the {ranked} that have one, top {top} held");
        }
    }
}
