using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <content>What the live feeds leave behind.</content>
public sealed partial class SqliteStore : IRealtimeStore
{
    public string Name => "sqlite";

    public void WriteRealtime(RealtimeBatch batch) => Writing(() =>
    {
        if (realtime.Write(batch)) RefreshPrimary();
    });

    /// <summary>Ends the gaps that a session left open which was killed: nobody repairs them any more.</summary>
    /// <param name="now">Before the first gap of this session.</param>
    public void EndGaps(Timestamp now) => Writing(() => realtime.Ledgers.EndGaps(now));

    public IReadOnlyList<BookRow> ReadBooks(RealtimeRange range) => InTurn(() => realtime.Books.Read(range));

    public IReadOnlyList<SpreadRow> ReadSpreads(RealtimeRange range) => InTurn(() => realtime.Quotes.ReadSpreads(range));

    public IReadOnlyList<FundingQuoteRow> ReadFundingQuotes(RealtimeRange range) => InTurn(() => realtime.Quotes.ReadFunding(range));

    public IReadOnlyList<CrossSpreadRow> ReadCrossSpreads(RealtimeRange range) => InTurn(() => realtime.Cross.ReadSpreads(range));

    public IReadOnlyList<OpportunityRow> ReadOpportunities(RealtimeRange range) => InTurn(() => realtime.Cross.ReadOpportunities(range));

    public IReadOnlyList<FeedGap> ReadGaps(RealtimeRange range) => InTurn(() => realtime.Ledgers.ReadGaps(range));

    public IReadOnlyList<DeadLetter> ReadDeadLetters(RealtimeRange range) => InTurn(() => realtime.Ledgers.ReadDeadLetters(range));

    public IReadOnlyList<AccountRow> ReadAccounts(string? session) => InTurn(() => realtime.Ledgers.ReadAccounts(session));

    public IReadOnlyList<RealtimeInfo> ListRealtime() => InTurn(() => realtime.List());

    public int TrimRealtime(RealtimeKind kind, RetentionRule rule, Timestamp now, int most) => Writing(() => realtime.Trim(kind, now - rule.Age, rule.Rows, most));
}
