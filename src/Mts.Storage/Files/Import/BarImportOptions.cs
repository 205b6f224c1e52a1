using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>What the files are to be taken for.</summary>
public sealed record BarImportOptions
{
    /// <summary>When the import happens, UTC.</summary>
    public required Timestamp Now { get; init; }

    /// <summary>When the files were taken; a bar that closes later is incomplete. Null means <see cref="Now"/>, which proves nothing about the last bar.</summary>
    public Timestamp? AsOf { get; init; }

    /// <summary>Must be the files' own; null takes what is found.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Null takes the one that column or file name tell.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>False where the files themselves are of no interest later; plain ones then have no hash in the report.</summary>
    public bool HashesFiles { get; init; } = true;

    /// <summary>Null takes the one that dialect or file name tell, else <c>file</c>.</summary>
    public string? Venue { get; init; }
}
