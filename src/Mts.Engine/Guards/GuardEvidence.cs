using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>The first instant at which two runs that should agree did not.</summary>
/// <param name="Time">The instant.</param>
/// <param name="Strategy">Who decided.</param>
/// <param name="Symbol">On which market; null where it is not of one.</param>
/// <param name="Plain">What it decided as the run was.</param>
/// <param name="Changed">What it decided when that which it must not depend on was changed.</param>
/// <param name="Instants">Differing instants in all.</param>
public sealed record GuardEvidence(Timestamp Time, string Strategy, string? Symbol, string Plain, string Changed, int Instants);
