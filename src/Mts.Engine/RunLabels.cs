using Mts.Core.Quality;

namespace Mts.Engine;

/// <summary>What the caller knows of a run and the engine does not: it stands in the result as given.</summary>
public sealed record RunLabels
{
    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Parameters by strategy name, in the order of the strategies.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Parameters { get; init; } = [];

    /// <summary>SHA-256 of the source of each strategy that is not one of the product's, in the order of the strategies; null for those that are.</summary>
    public IReadOnlyList<string?> SourceHashes { get; init; } = [];

    /// <summary>What the reader should know of the data: sources, prices that are aggregates.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How good the data is; null where nobody knows.</summary>
    public IReadOnlyList<SeriesQuality>? Quality { get; init; }
}
