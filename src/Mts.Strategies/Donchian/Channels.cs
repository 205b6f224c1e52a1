using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Strategies.Donchian;

/// <summary>The channels of one instrument out of the bars before the present one, and the range that the present one is part of.</summary>
internal sealed class Channels(DonchianOptions options)
{
    private readonly RollingHigh entryHigh = new(options.Entry);
    private readonly RollingLow entryLow = new(options.Entry);
    private readonly RollingHigh exitHigh = new(options.Exit);
    private readonly RollingLow exitLow = new(options.Exit);
    private readonly AverageTrueRange range = new(options.Atr);

    // Bars in the channels, as far as it matters.
    private int filled;

    public Stance Stance { get; } = new();

    public void Add(in Bar bar, Timestamp time)
    {
        range.Add(bar.High, bar.Low, bar.Close);
        if (!Stance.GiveUp(bar, time)) Judge(bar.Close, time);
        entryHigh.Add(bar.High);
        entryLow.Add(bar.Low);
        exitHigh.Add(bar.High);
        exitLow.Add(bar.Low);
        filled = Math.Min(filled + 1, options.Longest);
    }

    private void Judge(double close, Timestamp time)
    {
        if (filled < options.Longest || range.Value is not { } atr) return;
        var (wanted, words, bars, limit) = Stance.Direction switch
        {
            not Direction.Long when close > entryHigh.Value => (Direction.Long, "above the high", options.Entry, entryHigh.Value!.Value),
            not Direction.Short when options.SellsShort && close < entryLow.Value => (Direction.Short, "below the low", options.Entry, entryLow.Value!.Value),
            Direction.Long when close < exitLow.Value => (Direction.Flat, "below the low", options.Exit, exitLow.Value!.Value),
            Direction.Short when close > exitHigh.Value => (Direction.Flat, "above the high", options.Exit, exitHigh.Value!.Value),
            var same => (same, "", 0, close),
        };
        if (wanted == Stance.Direction) return;
        var level = Level(wanted, close, atr);
        var stop = level is { } l ? $"; stop {Stance.Rounded(l)}, {options.Stop:0.##} × ATR{options.Atr} {Stance.Rounded(atr)}" : "";
        Stance.Take(wanted, time, $"close {Stance.Rounded(close)} {words} of the {bars} bars before, {Stance.Rounded(limit)}{stop}", level);
    }

    // A stop at zero or below is none: no price gets there.
    private double? Level(Direction wanted, double close, double atr)
    {
        if (wanted == Direction.Flat || options.Stop == 0) return null;
        var level = close - ((int)wanted * options.Stop * atr);
        return level > 0 ? level : null;
    }
}
