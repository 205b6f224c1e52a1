using Mts.Core.Indicators;
using Mts.Core.Market;

namespace Mts.Strategies.EthTopsBottoms;

/// <summary>The indicators of one instrument. One bar at a time.</summary>
internal sealed class ExtremesState(EthTopsBottomsOptions options)
{
    private const int Medium = 50;
    private const int Window = 20;
    private const int Steps = 10;
    private const int RsiRows = 5;

    private readonly RollingHigh highs = new(options.Rows);
    private readonly RollingLow lows = new(options.Rows);
    private readonly RsiSimple rsi = new(14);
    private readonly RollingHigh rsiHigh = new(RsiRows);
    private readonly RollingLow rsiLow = new(RsiRows);
    private readonly RollingWindow rsiPast = new(Steps + 1);
    private readonly RollingWindow closes = new(Steps + 1);
    private readonly Core.Indicators.Macd macd = new();
    private readonly VolumeRatio volume = new(Window);
    private readonly Sma shortMean = new(Window);
    private readonly Sma mediumMean = new(Medium);
    private readonly BollingerBands bands = new();
    private readonly LogReturnVolatility volatility = new(Window, Window);
    private int count;

    /// <summary>Bars before the first figures.</summary>
    public static int WarmUp(EthTopsBottomsOptions options) => Math.Max(Medium, options.Rows);

    public void Add(in Bar bar)
    {
        highs.Add(bar.High);
        lows.Add(bar.Low);
        rsi.Add(bar.Close);
        rsiHigh.Add(rsi.Value);
        rsiLow.Add(rsi.Value);
        rsiPast.Add(rsi.Value);
        closes.Add(bar.Close);
        macd.Add(bar.Close);
        volume.Add(bar.Volume);
        shortMean.Add(bar.Close);
        mediumMean.Add(bar.Close);
        bands.Add(bar.Close);
        volatility.Add(bar.Close);
        count = Math.Min(count + 1, WarmUp(options));
    }

    /// <returns>Null during the warm-up.</returns>
    public Extremes? Figures() => count < WarmUp(options) ? null : new Extremes(
        closes.Values[^1], highs.Value!.Value, lows.Value!.Value, rsi.Value, rsiHigh.Value!.Value, rsiLow.Value!.Value, macd.Histogram!.Value, volume.Value,
        shortMean.Value!.Value, mediumMean.Value!.Value, bands.Lower!.Value, bands.Upper!.Value, volatility.Value!.Value,
        closes.Values[^1] - closes.Values[0], rsiPast.Values[^1] - rsiPast.Values[0]);
}
