using Mts.Core.Market;

namespace Mts.Core.Performance;

/// <param name="Time">The close it stands at.</param>
/// <param name="Value">Cash and positions, quote units.</param>
public readonly record struct EquityPoint(Timestamp Time, double Value);
