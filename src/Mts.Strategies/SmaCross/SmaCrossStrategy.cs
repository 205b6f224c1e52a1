using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Indicators;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.SmaCross;

/// <summary>Long the whole share while the fast mean of closes is above the slow one, flat while it is below; at exact equality nothing changes.</summary>
/// <remarks>
/// It acts by state, not by the event of crossing: from the first bar with a slow mean, and flat before.
/// A signal is repeated until the position follows it, so an order that could not be executed is tried again.
/// </remarks>
internal sealed class SmaCrossStrategy(int fast, int slow) : ITurningStrategy
{
    private MeanPair[] pairs = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("SmaCross", "Long while the fast mean of closes is above the slow one, else flat.",
        [
            new ParameterSpec("fast", 10, 1, 10_000, IsInteger: true, "bars in the fast mean"),
            new ParameterSpec("slow", 50, 2, 10_000, IsInteger: true, "bars in the slow mean, more than fast"),
        ]),
        static values => Create((int)values["fast"], (int)values["slow"]));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = slow, Capital = CapitalSharing.Equal };

    private static SmaCrossStrategy Create(int fast, int slow) => fast < slow
        ? new SmaCrossStrategy(fast, slow)
        : throw new ConfigurationException($"strategy SmaCross: fast = {fast} must be less than slow = {slow}.");

    public void OnStart(IStrategyContext context)
    {
        pairs = new MeanPair[context.Instruments.Count];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = new MeanPair(fast, slow);
    }

    public bool TryFindTurns(PrefixSums closes, List<int> turns) => closes.TryFindCrossings(fast, slow, turns);

    // Compiled at once with all optimisations: it is the measure of the engine's speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var pair = pairs[entry.Instrument];
            var turned = pair.Add(entry.Bar.Close);
            if (!turned && pair.IsFollowed) continue;
            if (!turned && context.Position(entry.Instrument).Direction == pair.Direction) pair.IsFollowed = true;
            else context.Emit(ToSignal(pair, entry, slice, context));
        }
    }

    private Signal ToSignal(MeanPair pair, in SliceBar entry, in MarketSlice slice, IStrategyContext context) =>
        new(context.Instruments[entry.Instrument].Asset, entry.Instrument, pair.Direction, Name, slice.Time, entry.Bar.Close, pair.Reason());
}
