using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>How good the bars of one series are over the range of a run, and where they come from.</summary>
public sealed record SeriesQuality
{
    public required SeriesKey Key { get; init; }

    /// <summary>Bars on the grid of the range.</summary>
    public required long Expected { get; init; }

    /// <summary>Those that are there.</summary>
    public required long Present { get; init; }

    public required IReadOnlyList<Hole> Holes { get; init; }

    /// <summary>Rows refused in the range, or of the whole file.</summary>
    public required long Refused { get; init; }

    /// <summary>Values that were replaced by newer ones of their source.</summary>
    public required long Revised { get; init; }

    /// <summary>Rows that lost against another one of their time.</summary>
    public required long Conflicts { get; init; }

    /// <summary>By name; a bar counts for the source that wrote it.</summary>
    public required IReadOnlyList<SourceShare> Sources { get; init; }

    /// <summary>Segments whose bars were hashed and found as they were written.</summary>
    public required int Verified { get; init; }

    /// <summary>Segments that the range cuts, or whose bars were revised: they cannot be hashed from what is used.</summary>
    public required int Unverified { get; init; }

    /// <summary>Segments that are not as they were written, in words.</summary>
    public required IReadOnlyList<string> Damaged { get; init; }

    /// <summary>Present over expected, 0 to 1; null for an empty range.</summary>
    public double? Coverage => Expected == 0 ? null : (double)Present / Expected;

    /// <summary>What speaks against a run over these bars, in words; holes are told by the run itself.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach (var damaged in Damaged) yield return $"{Key}: {damaged}";
        if (Refused > MostRefused * Expected) yield return $"{Key}: {Refused} rows were refused where {Expected} bars belong, more than {MostRefused * 100:0} %";
    }

    // Where one row in a hundred is impossible, the possible ones are not to be trusted either.
    private const double MostRefused = 0.01;
}

/// <param name="Source">As the provenance names it; the file's name for a file.</param>
/// <param name="Bars">In the range.</param>
public sealed record SourceShare(string Source, long Bars);
