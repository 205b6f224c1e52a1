using Mts.Core;
using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.RsiReversal;

/// <summary>Buys the whole share when the relative strength index is below a low level and holds until it is above an exit level; short the other way round if asked for.</summary>
/// <remarks>
/// Wilder, New Concepts in Technical Trading Systems, 1978: RSI = 100 · U/(U + D), where U and D are the means of rises and falls,
/// the first ones simple, then smoothed by 1/length. His levels are 30 and 70. A price that has never moved has no index and gives no signal.
/// </remarks>
internal sealed class RsiReversalStrategy(int length, double low, double exit, double high, bool sellsShort) : IStrategy
{
    private (RsiWilder Rsi, Stance Stance)[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("RsiReversal", "Long from an oversold index until it has recovered; optionally short from an overbought one.",
        [
            new ParameterSpec("length", 14, 2, 1_000, IsInteger: true, "changes in the relative strength index"),
            new ParameterSpec("low", 30, 0, 100, IsInteger: false, "index below which to buy, less than exit"),
            new ParameterSpec("exit", 50, 0, 100, IsInteger: false, "index above which a long ends and below which a short does"),
            new ParameterSpec("high", 70, 0, 100, IsInteger: false, "index above which to sell short, more than exit"),
            new ParameterSpec("short", 0, 0, 1, IsInteger: true, "1 sells short as well"),
        ]),
        static p => Create((int)p["length"], p["low"], p["exit"], p["high"], p["short"] > 0));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = length + 1, Capital = CapitalSharing.Equal };

    private static RsiReversalStrategy Create(int length, double low, double exit, double high, bool sellsShort) => low < exit && exit < high
        ? new RsiReversalStrategy(length, low, exit, high, sellsShort)
        : throw new ConfigurationException($"strategy RsiReversal: low = {low} must be less than exit = {exit}, and exit less than high = {high}.");

    public void OnStart(IStrategyContext context) => states = [.. context.Instruments.Select(_ => (new RsiWilder(length), new Stance()))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var (rsi, stance) = states[entry.Instrument];
            rsi.Add(entry.Bar.Close);
            if (rsi.Value is { } value) Judge(value, stance, slice.Time);
            stance.Say(Name, 1, entry, slice, context);
        }
    }

    private void Judge(double rsi, Stance stance, Timestamp time)
    {
        var (wanted, relation, limit) = stance.Direction switch
        {
            _ when rsi < low => (Direction.Long, '<', low),
            _ when rsi > high && sellsShort => (Direction.Short, '>', high),
            Direction.Long when rsi > exit => (Direction.Flat, '>', exit),
            Direction.Short when rsi < exit => (Direction.Flat, '<', exit),
            var same => (same, '=', rsi),
        };
        if (wanted != stance.Direction) stance.Take(wanted, time, $"RSI{length} {rsi:0.##} {relation} {limit:0.##}");
    }
}
