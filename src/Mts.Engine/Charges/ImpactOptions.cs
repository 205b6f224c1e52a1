using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>How an order moves the price against itself.</summary>
/// <param name="Law">Its shape.</param>
/// <param name="Coefficient">Above 0 to 1,000; near 1 for the square root.</param>
public sealed record ImpactOptions(ImpactLaw Law, double Coefficient = 1);
