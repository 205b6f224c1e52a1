using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;
using Mts.Core.Signals;

namespace Mts.Strategies.MeanReversion;

/// <summary>Buys a fall in times of fear: VIX above its threshold and price far enough below its high.</summary>
/// <param name="High">Highest close of the last rows.</param>
/// <param name="Drawdown">Fall from it, a fraction.</param>
/// <param name="Vix">Newest.</param>
/// <param name="VixShare">Share of rows with a lower VIX.</param>
/// <param name="Rsi">Of 14 changes over simple means; 50 below 15 rows.</param>
internal sealed record MeanReversionRule(double High, double Drawdown, double Vix, double VixShare, double Rsi)
{
    private const int MinRows = 5;
    private const double MaxSize = 0.05;

    /// <returns>Null below five rows.</returns>
    public static MeanReversionRule? Measure(ReadOnlySpan<VixRow> rows, MeanReversionOptions options)
    {
        if (rows.Length < MinRows) return null;
        var high = double.NegativeInfinity;
        foreach (var row in rows[Math.Max(0, rows.Length - options.HighRows)..]) high = Math.Max(high, row.Close);
        var rsi = new RsiSimple();
        var (last, below) = (rows[^1], 0);
        foreach (var row in rows)
        {
            rsi.Add(row.Close);
            if (row.Vix < last.Vix) below++;
        }

        return new MeanReversionRule(high, (high - last.Close) / high, last.Vix, (double)below / rows.Length, rsi.Value);
    }

    /// <returns>LONG, or null where there is no fear or no fall.</returns>
    public Opinion? Judge(double price, MeanReversionOptions options)
    {
        if (!(Vix > options.VixThreshold && Drawdown > options.DrawdownThreshold)) return null;
        var confidence = Confidence(options);
        var size = options.Size * Math.Clamp(25 / Math.Max(Vix, 15), 0.5, 1) * (0.5 + (0.5 * confidence));
        return new Opinion(
            Direction.Long,
            StrengthLevels.Of(confidence, 0.7, 0.5).ToNumber(),
            confidence,
            Math.Min(size, MaxSize),
            price * (1 - (0.03 + (0.5 * Drawdown))),
            price * (1 + (0.6 * Drawdown)),
            $"VIX {Vix:0.##} ({VixRegimes.Of(Vix)}) > {options.VixThreshold:0.##} and drawdown {100 * Drawdown:0.#} % > {100 * options.DrawdownThreshold:0.#} %; " +
            $"{100 * VixShare:0} % of rows had a lower VIX, RSI {Rsi:0.#}");
    }

    private double Confidence(MeanReversionOptions options)
    {
        var fear = Math.Min((Vix - options.VixThreshold) / 10, 1);
        var fall = Math.Min((Drawdown - options.DrawdownThreshold) / 0.10, 1);
        var oversold = Math.Max(0.1, (30 - Rsi) / 30);
        return (fear + fall + VixShare + oversold) / 4;
    }
}
