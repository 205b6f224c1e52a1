using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.Donchian;

/// <summary>Buys the whole share at a close above the high of the bars before, gives up at a close below the low of fewer bars, or at a stop.</summary>
/// <remarks>
/// Donchian's channel with the exits of the Turtles: Faith, Way of the Turtle, 2007: entry over 20 bars, exit over 10, stop 2 N from the entry, N being Wilder's
/// average true range over 20 bars. Their filter (skip a breakout after a winner) and their adding to winners are not part of it: one position, one size.
/// The stop is set from the close of the signal. After it has been hit, the next breakout counts from the following bar on.
/// </remarks>
internal sealed class DonchianStrategy(DonchianOptions options) : IStrategy
{
    private Channels[] channels = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Donchian", "Turtle breakout: long above the high of the bars before, out below the low of fewer, with an ATR stop.", DonchianOptions.Specs),
        static p => Create(DonchianOptions.From(p)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new()
    {
        WarmUpBars = Math.Max(options.Longest + 1, options.Atr),
        Capital = CapitalSharing.Equal,
    };

    private static DonchianStrategy Create(DonchianOptions options) => options.Stop is 0 or >= 0.01
        ? new DonchianStrategy(options)
        : throw new ConfigurationException($"strategy Donchian: stop = {options.Stop} must be 0 for none, or at least 0.01 average true ranges.");

    public void OnStart(IStrategyContext context) => channels = [.. context.Instruments.Select(_ => new Channels(options))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var channel = channels[entry.Instrument];
            channel.Add(entry.Bar, slice.Time);
            channel.Stance.Say(Name, 1, entry, slice, context);
        }
    }
}
