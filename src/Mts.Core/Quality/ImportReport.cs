using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>What was found in imported files: every non-blank data row is in exactly one of the counts.</summary>
/// <remarks><c>RowsRead = Accepted + Duplicates + Conflicts + Σ Rejected + Incomplete + Missing</c>.</remarks>
public sealed record ImportReport
{
    /// <summary><c>bars</c>, <c>points</c>, <c>funding</c> or <c>macro</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The files in the order in which they were read.</summary>
    public required IReadOnlyList<ImportedFile> Files { get; init; }

    /// <summary>What the rows belong to, for people: <c>binance BTC/USDT 1h</c>, <c>VIXCLS</c>.</summary>
    public required string Series { get; init; }

    /// <summary>The file dialects that were met, in the order of the files.</summary>
    public required IReadOnlyList<string> Dialects { get; init; }

    /// <summary>The bars' interval; null for what has none.</summary>
    public string? Interval { get; init; }

    /// <summary>Non-blank rows without headers.</summary>
    public int RowsRead { get; init; }

    public int Accepted { get; init; }

    /// <summary>Rows that say at the same time what an accepted row says: equal open, high, low and close.</summary>
    public int Duplicates { get; init; }

    /// <summary>Duplicates whose prices are equal and whose volume is not.</summary>
    public int DuplicatesWithOtherVolume { get; init; }

    /// <summary>Rows that say something else than the accepted row of the same time; kept as revisions.</summary>
    public int Conflicts { get; init; }

    /// <summary>Refused rows by reason.</summary>
    public IReadOnlyDictionary<string, int> Rejected { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The first refused rows, at most <see cref="SampleSize"/>.</summary>
    public IReadOnlyList<RejectedRow> RejectedRows { get; init; } = [];

    /// <summary>Bars that close after the as-of time.</summary>
    public int Incomplete { get; init; }

    /// <summary>Macro rows in which the source says that there is no value.</summary>
    public int Missing { get; init; }

    public IReadOnlyList<Hole> Gaps { get; init; } = [];

    /// <summary>Bars missing in all gaps together.</summary>
    public long MissingBars { get; init; }

    /// <summary>Accepted bars in which nothing was traded.</summary>
    public int ZeroVolume { get; init; }

    /// <summary>False where the files have no volume per bar; null for what is no bar.</summary>
    public bool? HasVolume { get; init; }

    /// <summary>Time of the oldest accepted row.</summary>
    public Timestamp? First { get; init; }

    /// <summary>Time of the newest accepted row.</summary>
    public Timestamp? Last { get; init; }

    /// <summary><c>complete</c>, <c>incomplete</c> (one was left out) or <c>unproven</c>: the file may have been taken before its last bar closed.</summary>
    public string? LastBar { get; init; }

    /// <summary><c>oldest_first</c> or <c>newest_first</c>, as most rows of the files are.</summary>
    public string? Order { get; init; }

    /// <summary>Steps from row to row against that order, equal times not counted.</summary>
    public int OutOfOrder { get; init; }

    /// <summary>Rows by the unit of their time: <c>s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>, <c>text</c>.</summary>
    public IReadOnlyDictionary<string, int> TimeUnits { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Rows whose epoch time and date column disagree; the epoch time was taken.</summary>
    public int DateDisagreements { get; init; }

    /// <summary>True where a file breaks off: compressed data without its end, or half a last row.</summary>
    public bool Truncated { get; init; }

    /// <summary>What a reader should know before trusting the data, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public const int SampleSize = 20;
}

/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">Of the file as it lies there, lower-case hex.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ImportedFile(string Name, string Sha256, long Bytes);

/// <param name="File">The file's name.</param>
/// <param name="Line">Counted from 1, in the unpacked text.</param>
/// <param name="Reason">The broken rule.</param>
/// <param name="Text">The row, cut after 200 characters.</param>
public sealed record RejectedRow(string File, int Line, string Reason, string Text);
