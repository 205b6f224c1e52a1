using Mts.Core.Indicators;
using Mts.Core.Market;

namespace Mts.Core.Features;

/// <summary>Makes an indicator of a length over bars of an interval.</summary>
internal delegate (Action<Bar> Add, Func<double?> Value) MakeIndicator(int length, Interval interval);

/// <summary>A figure that is made of bars.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Column">The column's name before the length.</param>
/// <param name="Least">The smallest length that says something; 0 where it has none.</param>
/// <param name="Make">Makes one.</param>
internal sealed record FeatureKind(string Name, string Column, int Least, MakeIndicator Make)
{
    public bool UsesVolume { get; init; }

    public static readonly IReadOnlyList<FeatureKind> All =
    [
        new("returns", "return", 1, (n, _) => Of(new Roc(n), (roc, b) => roc.Add(b.Close), roc => roc.Value)),
        new("log_returns", "log_return", 1, (n, _) => Of(new Roc(n), (roc, b) => roc.Add(b.Close), roc => roc.Value is > -1 and var r ? Math.Log(1 + r) : null)),
        new("sma", "sma", 1, (n, _) => Of(new Sma(n), (mean, b) => mean.Add(b.Close), mean => mean.Value)),
        new("ema", "ema", 1, (n, _) => Of(new Ema(n), (mean, b) => mean.Add(b.Close), mean => mean.Value)),
        new("rsi", "rsi", 1, (n, _) => Of(new RsiWilder(n), (rsi, b) => rsi.Add(b.Close), rsi => rsi.Value)),
        new("volatility", "volatility", 2, (n, i) => Of(new LogReturnVolatility(n, TimeSpan.FromDays(365) / i.Length), (deviation, b) => deviation.Add(b.Close), deviation => deviation.Value)),
        new("atr", "atr", 1, (n, _) => Of(new AverageTrueRange(n), (range, b) => range.Add(b.High, b.Low, b.Close), range => range.Value)),
        new("zscore", "zscore", 2, (n, _) => Of(new ZScore(n), (score, b) => score.Add(b.Close), score => score.Value)),
        new("highest", "highest", 1, (n, _) => Full(n, Of(new RollingHigh(n), (high, b) => high.Add(b.High), high => high.Value))),
        new("lowest", "lowest", 1, (n, _) => Full(n, Of(new RollingLow(n), (low, b) => low.Add(b.Low), low => low.Value))),
        new("volume_sma", "volume_sma", 1, (n, _) => Of(new Sma(n), (mean, b) => mean.Add(b.Volume), mean => mean.Value)) { UsesVolume = true },
        Raw("open", b => b.Open), Raw("high", b => b.High), Raw("low", b => b.Low), Raw("close", b => b.Close), Raw("volume", b => b.Volume) with { UsesVolume = true },
    ];

    private static (Action<Bar> Add, Func<double?> Value) Of<T>(T indicator, Action<T, Bar> add, Func<T, double?> value) => (b => add(indicator, b), () => value(indicator));

    private static FeatureKind Raw(string name, Func<Bar, double> value) => new(name, name, 0, (_, _) =>
    {
        double? newest = null;
        return (b => newest = value(b), () => newest);
    });

    // An extreme of fewer values than asked for is another figure.
    private static (Action<Bar> Add, Func<double?> Value) Full(int length, (Action<Bar> Add, Func<double?> Value) of)
    {
        var count = 0;
        return (Add, () => count == length ? of.Value() : null);

        void Add(Bar bar)
        {
            of.Add(bar);
            count = Math.Min(count + 1, length);
        }
    }
}
