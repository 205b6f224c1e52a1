namespace Mts.Cli.UserStrategies;

/// <summary>A strategy of a user's assembly.</summary>
/// <param name="Descriptor">For people and for checks.</param>
/// <param name="Create">Gets a checked value for every parameter.</param>
internal sealed record UserStrategyEntry(StrategyDescriptor Descriptor, Func<IReadOnlyDictionary<string, double>, IStrategy> Create);
