using Mts.Core.Ports;

namespace Mts.Engine.Allocation;

/// <summary>Strategies whose sizes are replaced by one rule. Their parameters may state the rule beside their own, as a result does.</summary>
/// <param name="inner">Makes the strategies.</param>
/// <param name="options">The rule.</param>
public sealed class AllocatedCatalog(IStrategyCatalog inner, AllocationOptions options) : IStrategyCatalog
{
    private readonly IReadOnlyDictionary<string, string> rule = options.ToParameters();

    public IReadOnlyList<StrategyDescriptor> All => inner.All;

    public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) =>
        new AllocatedStrategy(inner.Create(name, parameters.Where(p => !rule.ContainsKey(p.Key)).ToDictionary(StringComparer.Ordinal)), options);
}
