using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>A strategy failed or did not return, and the session goes on without it.</summary>
/// <remarks>It counts from its instant on, wherever it stands in the journal: what the strategy did there is not known.</remarks>
/// <param name="Received">When it was given up.</param>
/// <param name="Strategy">Its name.</param>
/// <param name="From">The instant at which it is asked no more.</param>
/// <param name="Cause">Why, in words.</param>
public sealed record StrategyGivenUp(Timestamp Received, string Strategy, Timestamp From, string Cause) : LiveInput(Received);
