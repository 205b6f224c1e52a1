namespace Mts.Strategies.Ripple;

/// <summary>Everything the formula looks at, at one close.</summary>
/// <param name="Price">Close.</param>
/// <param name="Rsi">Of 14 changes over simple means.</param>
/// <param name="Macd">Line − signal line, in price units.</param>
/// <param name="Lower">Bollinger band, as <paramref name="Upper"/>.</param>
/// <param name="Upper">Price.</param>
/// <param name="VolumeRatio">To the mean of the 20 bars before; null where these had none.</param>
/// <param name="Momentum">Rate of change, a fraction.</param>
/// <param name="Correlation">Of returns with BTC's; null where BTC is not in the run, or is the instrument itself.</param>
/// <param name="Vix">Index points; null where it is not known.</param>
/// <param name="Dollar">Distance of the dollar index from its mean, a fraction; null where it is not known.</param>
/// <param name="Volatility">Annualised, a fraction.</param>
/// <param name="HourWeight">1 to 1.2.</param>
internal readonly record struct RippleFigures(
    double Price, double Rsi, double Macd, double Lower, double Upper, double? VolumeRatio, double Momentum,
    double? Correlation, double? Vix, double? Dollar, double Volatility, double HourWeight);
