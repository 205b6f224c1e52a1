using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>Keeps what the live feeds leave behind: a database, a folder of files.</summary>
public interface IRealtimeSink
{
    /// <summary>What it is called in states and logs.</summary>
    string Name { get; }

    /// <summary>
    /// Writes all of it or nothing. A gap, an account or an opportunity that is there already is brought up to date. A closed bar joins its
    /// series as source <c>stream</c>; a stored bar of another value stays, the new one is kept as a revision.
    /// </summary>
    /// <exception cref="StorageException">Nothing of it was written; the same batch may be written again.</exception>
    void WriteRealtime(RealtimeBatch batch);

    /// <summary>Deletes what a rule no longer keeps, the oldest first; an open gap stays.</summary>
    /// <param name="kind">What.</param>
    /// <param name="rule">How much is kept.</param>
    /// <param name="now">Ages are counted from here.</param>
    /// <param name="most">About so many rows in one step, so that others get their turn.</param>
    /// <returns>Rows or files deleted; 0 when nothing is left to delete.</returns>
    int TrimRealtime(RealtimeKind kind, RetentionRule rule, Timestamp now, int most);
}

/// <summary>How much of a kind is kept; null for no limit.</summary>
/// <param name="Age">No row is kept longer.</param>
/// <param name="Rows">Rows of a table.</param>
/// <param name="Bytes">Size of all files of the kind.</param>
public sealed record RetentionRule(TimeSpan? Age = null, long? Rows = null, long? Bytes = null);

/// <summary>What the live feeds leave behind, to be read again. Writing a batch twice changes nothing.</summary>
public interface IRealtimeStore : IRealtimeSink
{
    IReadOnlyList<BookRow> ReadBooks(RealtimeRange range);

    IReadOnlyList<SpreadRow> ReadSpreads(RealtimeRange range);

    IReadOnlyList<FundingQuoteRow> ReadFundingQuotes(RealtimeRange range);

    /// <summary>Those whose buying or selling side fits the range.</summary>
    IReadOnlyList<CrossSpreadRow> ReadCrossSpreads(RealtimeRange range);

    /// <inheritdoc cref="ReadCrossSpreads"/>
    IReadOnlyList<OpportunityRow> ReadOpportunities(RealtimeRange range);

    /// <summary>Gaps that began in the range.</summary>
    IReadOnlyList<FeedGap> ReadGaps(RealtimeRange range);

    IReadOnlyList<DeadLetter> ReadDeadLetters(RealtimeRange range);

    /// <param name="session">Null for all sessions.</param>
    IReadOnlyList<AccountRow> ReadAccounts(string? session);

    /// <summary>What there is of each kind and market, kinds without rows left out.</summary>
    IReadOnlyList<RealtimeInfo> ListRealtime();
}

/// <summary>The kinds of rows that live feeds leave behind; closed bars belong to their series and are never trimmed.</summary>
public enum RealtimeKind
{
    Books,
    Spreads,
    Funding,
    CrossSpreads,
    Opportunities,
    Gaps,
    DeadLetters,
    Accounts,
}

/// <summary>Rows that are written together; a list that nobody filled is empty.</summary>
public sealed record RealtimeBatch
{
    public IReadOnlyList<BookRow> Books { get; init; } = [];

    public IReadOnlyList<SpreadRow> Spreads { get; init; } = [];

    public IReadOnlyList<FundingQuoteRow> Funding { get; init; } = [];

    public IReadOnlyList<StreamBarRow> Bars { get; init; } = [];

    public IReadOnlyList<CrossSpreadRow> CrossSpreads { get; init; } = [];

    public IReadOnlyList<OpportunityRow> Opportunities { get; init; } = [];

    /// <summary>As they came: first open, later closed.</summary>
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];

    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    public IReadOnlyList<AccountRow> Accounts { get; init; } = [];

    public int Count =>
        Books.Count + Spreads.Count + Funding.Count + Bars.Count + CrossSpreads.Count + Opportunities.Count + Gaps.Count + DeadLetters.Count + Accounts.Count;
}

/// <param name="Venue">Null for all.</param>
/// <param name="Symbol">Null for all.</param>
/// <param name="From">Included; null for the beginning.</param>
/// <param name="Until">Excluded; null for the end.</param>
public sealed record RealtimeRange(string? Venue = null, Symbol? Symbol = null, Timestamp? From = null, Timestamp? Until = null);

/// <param name="Kind">What.</param>
/// <param name="Venue">Whose; of two venues the buying one.</param>
/// <param name="Symbol">The market as text; empty for what belongs to no market.</param>
/// <param name="Rows">How many; book snapshots count once.</param>
/// <param name="First">Time of the oldest.</param>
/// <param name="Last">Time of the newest.</param>
public sealed record RealtimeInfo(RealtimeKind Kind, string Venue, string Symbol, long Rows, Timestamp First, Timestamp Last);
