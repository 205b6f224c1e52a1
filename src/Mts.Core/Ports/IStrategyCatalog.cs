using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>The strategies there are, by name.</summary>
public interface IStrategyCatalog
{
    IReadOnlyList<StrategyDescriptor> All { get; }

    /// <param name="name">With or without <c>Strategy</c> at the end, in any case.</param>
    /// <param name="parameters">Values by parameter name; what is missing has its default.</param>
    /// <exception cref="ConfigurationException">Unknown name or parameter (the message gives the nearest), or a value out of range.</exception>
    IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters);
}

/// <param name="Name">The catalogue name, <c>SmaCross</c>.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Parameters">In the order in which they are shown.</param>
public sealed record StrategyDescriptor(string Name, string Summary, IReadOnlyList<ParameterSpec> Parameters);

/// <summary>A parameter of a strategy, as written in <c>--param name=value</c>.</summary>
public sealed record ParameterSpec(string Name, double Default, double Min, double Max, bool IsInteger, string Summary)
    : NumberSpec(Name, Default, Min, Max, IsInteger, Summary);
