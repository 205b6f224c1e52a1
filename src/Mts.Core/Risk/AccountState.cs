using Mts.Core.Market;

namespace Mts.Core.Risk;

/// <summary>The account as the risk policy sees it, at one instant. Money in quote units.</summary>
/// <param name="Time">The instant.</param>
/// <param name="Equity">Cash and positions at the last prices.</param>
/// <param name="PeakEquity">The highest equity so far, the initial capital included.</param>
/// <param name="DayStartEquity">Equity at the last 00:00 UTC.</param>
/// <param name="Exposure">Signed position value by instrument index.</param>
public sealed record AccountState(Timestamp Time, double Equity, double PeakEquity, double DayStartEquity, IReadOnlyList<double> Exposure);
