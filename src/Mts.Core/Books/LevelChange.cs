namespace Mts.Core.Books;

/// <summary>What is offered at one price from now on, in units of the book's <see cref="NumberScale"/>.</summary>
/// <param name="Price">Above zero.</param>
/// <param name="Size">0 removes the level.</param>
public readonly record struct LevelChange(long Price, long Size);
