using Mts.Core.Ports;

namespace Mts.Strategies;

/// <summary>A strategy of the catalogue: what it is called and takes, and how it is made.</summary>
/// <param name="Descriptor">For people and for checks.</param>
/// <param name="Create">Gets a checked value for every parameter.</param>
internal sealed record StrategyEntry(StrategyDescriptor Descriptor, Func<IReadOnlyDictionary<string, double>, IStrategy> Create);
