using Mts.Core.Indicators;
using Mts.Core.Market;

namespace Mts.Strategies.Ripple;

/// <summary>The indicators of one instrument. One bar at a time.</summary>
internal sealed class RippleState(RippleOptions options, double periodsPerYear)
{
    private const int VolatilityLength = 30;

    private readonly RsiSimple rsi = new(14);
    private readonly Core.Indicators.Macd macd = new();
    private readonly BollingerBands bands = new();
    private readonly VolumeRatio volume = new(20);
    private readonly Roc momentum = new(options.Momentum);
    private readonly LogReturnVolatility volatility = new(VolatilityLength, periodsPerYear);
    private double close;
    private int count;

    /// <summary>Bars before the first figures.</summary>
    public static int WarmUp(RippleOptions options) => Math.Max(50, options.Momentum + 1);

    public PairedReturns WithBitcoin { get; } = new(options.Correlation);

    public void Add(in Bar bar)
    {
        close = bar.Close;
        rsi.Add(close);
        macd.Add(close);
        bands.Add(close);
        momentum.Add(close);
        volatility.Add(close);
        volume.Add(bar.Volume);
        count = Math.Min(count + 1, WarmUp(options));
    }

    /// <returns>Null during the warm-up.</returns>
    public RippleFigures? Figures(double? vix, double? dollar, double hourWeight) => count < WarmUp(options) ? null : new RippleFigures(
        close, rsi.Value, macd.Histogram!.Value, bands.Lower!.Value, bands.Upper!.Value, volume.Value, momentum.Value!.Value,
        WithBitcoin.Correlation, vix, dollar, volatility.Value!.Value, hourWeight);
}
