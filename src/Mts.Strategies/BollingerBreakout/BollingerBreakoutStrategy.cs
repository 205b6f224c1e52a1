using Mts.Core;
using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.BollingerBreakout;

/// <summary>Buys the whole share when the price closes above its upper band and holds until it closes below the mean; short the other way round if asked for.</summary>
/// <remarks>
/// Bollinger, Bollinger on Bollinger Bands, 2001, method I (volatility breakout): bands are the mean of the last closes, the present one among them,
/// ± a number of their population standard deviations. No close of n can be more than √(n − 1) deviations from their mean, so wider bands are refused.
/// </remarks>
internal sealed class BollingerBreakoutStrategy(int length, double width, bool sellsShort) : IStrategy
{
    private (BollingerBands Bands, Stance Stance)[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("BollingerBreakout", "Long from a close above the upper band until one below the mean; optionally short from the lower band.",
        [
            new ParameterSpec("length", 20, 3, 10_000, IsInteger: true, "closes in the mean and in the deviation"),
            new ParameterSpec("width", 2, 0.1, 10, IsInteger: false, "deviations from the mean to a band, less than √(length − 1)"),
            new ParameterSpec("short", 0, 0, 1, IsInteger: true, "1 sells short as well"),
        ]),
        static p => Create((int)p["length"], p["width"], p["short"] > 0));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = length, Capital = CapitalSharing.Equal };

    private static BollingerBreakoutStrategy Create(int length, double width, bool sellsShort) => width * width < length - 1
        ? new BollingerBreakoutStrategy(length, width, sellsShort)
        : throw new ConfigurationException($"strategy BollingerBreakout: no close of {length} can be width = {width} deviations from their mean; width must be less than {Math.Sqrt(length - 1):0.###}.");

    public void OnStart(IStrategyContext context) =>
        states = [.. context.Instruments.Select(_ => (new BollingerBands(length, width, DeviationKind.Population), new Stance()))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var (bands, stance) = states[entry.Instrument];
            bands.Add(entry.Bar.Close);
            if (bands.Middle is { } middle) Judge(entry.Bar.Close, middle, bands, stance, slice.Time);
            stance.Say(Name, 1, entry, slice, context);
        }
    }

    private void Judge(double close, double middle, BollingerBands bands, Stance stance, Timestamp time)
    {
        var (wanted, relation, limit) = stance.Direction switch
        {
            _ when close > bands.Upper => (Direction.Long, "above the upper band", bands.Upper!.Value),
            _ when sellsShort && close < bands.Lower => (Direction.Short, "below the lower band", bands.Lower!.Value),
            Direction.Long when close < middle => (Direction.Flat, "below", middle),
            Direction.Short when close > middle => (Direction.Flat, "above", middle),
            var same => (same, "at", close),
        };
        if (wanted == stance.Direction) return;
        var sma = $"SMA{length} {Stance.Rounded(middle)}";
        var formula = wanted == Direction.Flat
            ? sma
            : $"{Stance.Rounded(limit)} = {sma} {(limit < middle ? '−' : '+')} {width:0.##} × {Stance.Rounded(Math.Abs(limit - middle) / width)}";
        stance.Take(wanted, time, $"close {Stance.Rounded(close)} {relation} {formula}");
    }
}
