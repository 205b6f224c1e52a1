namespace Mts.Core.Market;

/// <summary>One price of an order book and what is offered there, exactly as the venue wrote it.</summary>
/// <param name="Price">Quote units.</param>
/// <param name="Size">Base units; 0 in a change means that the level is gone.</param>
public readonly record struct BookLevel(decimal Price, decimal Size);
