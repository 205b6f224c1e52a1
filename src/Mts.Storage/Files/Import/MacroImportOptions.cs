using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>What a macro file is to be taken for.</summary>
public sealed record MacroImportOptions
{
    /// <summary>When the file was taken, or now, UTC; a later day is refused.</summary>
    public required Timestamp AsOf { get; init; }

    /// <summary>Id or alias as in <see cref="MacroCatalog"/>; null takes the one that column or file name tell.</summary>
    public string? Series { get; init; }
}
