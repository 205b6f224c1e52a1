namespace Mts.Core.Ports;

/// <summary>A strategy that lies outside the product: with what it is called and takes, so that it can be found and made like one of the catalogue.</summary>
/// <remarks>A public class of its own assembly; <c>mts strategy new</c> writes one, <c>--strategy-path</c> runs it.</remarks>
public interface IUserStrategy : IStrategy
{
    /// <summary>Its name, which none of the product's strategies has, and its parameters with their ranges.</summary>
    static abstract StrategyDescriptor Descriptor { get; }

    /// <param name="parameters">A value in its range for every parameter of <see cref="Descriptor"/>, by name.</param>
    /// <returns>A new strategy each time; runs do not share one.</returns>
    static abstract IStrategy Create(IReadOnlyDictionary<string, double> parameters);
}
