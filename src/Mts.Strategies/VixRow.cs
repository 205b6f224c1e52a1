namespace Mts.Strategies;

/// <summary>Prices beside the VIX that was known at their close.</summary>
/// <param name="Close">Last price.</param>
/// <param name="High">Highest price since the row before.</param>
/// <param name="Low">Lowest price since the row before.</param>
/// <param name="Vix">The newest published close of the index.</param>
internal readonly record struct VixRow(double Close, double High, double Low, double Vix);
