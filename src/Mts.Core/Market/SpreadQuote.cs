namespace Mts.Core.Market;

/// <summary>How far bid and ask stood apart.</summary>
/// <param name="Time">When it was received, UTC.</param>
/// <param name="Bps">Ask less bid in 1/10,000 of the mid price, at least 0.</param>
public readonly record struct SpreadQuote(Timestamp Time, double Bps);
