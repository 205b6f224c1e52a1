namespace Mts.Strategies.EthTopsBottoms;

/// <summary>Everything the pattern looks at, at one close; nothing of it lies after that close.</summary>
/// <param name="Price">Close.</param>
/// <param name="Highest">High of the last rows.</param>
/// <param name="Lowest">Low of the last rows.</param>
/// <param name="Rsi">Of 14 changes over simple means.</param>
/// <param name="RsiHigh">Its highest of the last 5 rows, the present one among them.</param>
/// <param name="RsiLow">Its lowest of them.</param>
/// <param name="Macd">Line − signal line, in price units.</param>
/// <param name="VolumeRatio">To the mean of the 20 bars before; null where these had none.</param>
/// <param name="Short">Mean of 20 closes.</param>
/// <param name="Medium">Mean of 50 closes.</param>
/// <param name="Lower">Bollinger band, as <paramref name="Upper"/>.</param>
/// <param name="Upper">Price.</param>
/// <param name="Volatility">Of 20 log returns × √20.</param>
/// <param name="Change">Of the price over 10 rows, price units.</param>
/// <param name="RsiChange">Of the index over 10 rows.</param>
internal readonly record struct Extremes(
    double Price, double Highest, double Lowest, double Rsi, double RsiHigh, double RsiLow, double Macd, double? VolumeRatio,
    double Short, double Medium, double Lower, double Upper, double Volatility, double Change, double RsiChange);
