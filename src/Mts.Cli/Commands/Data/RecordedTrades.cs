using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Journal;
using Mts.Storage.Files.Trades;

namespace Mts.Cli.Commands.Data;

/// <summary>The trades of one market out of the raw journal of <c>mts stream</c>: its inputs through the live code, which gives each trade once, those that were fetched back included.</summary>
internal sealed class RecordedTrades : QuietTap
{
    private readonly string venue;
    private readonly Symbol symbol;
    private readonly List<PublicTrade> trades = [];
    private readonly List<FeedGap> gaps = [];

    private RecordedTrades(string venue, Symbol symbol) => (this.venue, this.symbol) = (venue, symbol);

    /// <param name="dataDir">Where the journal lies.</param>
    /// <param name="venue">Lower case.</param>
    /// <param name="symbol">The market.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The trades, and in words what of them is missing.</returns>
    /// <exception cref="BacktestDataException">There is no journal, or no trade of the market in it.</exception>
    /// <exception cref="StorageException">The journal is damaged.</exception>
    public static (TradeFile Trades, IReadOnlyList<string> Missing) Read(string dataDir, string venue, Symbol symbol, CancellationToken cancellationToken)
    {
        var folder = FeedJournal.FolderOf(dataDir);
        if (!Directory.Exists(folder)) throw new BacktestDataException($"there is no raw journal in {folder}; `mts stream` writes it.");
        var found = new RecordedTrades(venue, symbol);
        var frames = new RecordedFrames([folder], venue: null, market: null, found);
        frames.Run(cancellationToken);
        if (found.trades.Count == 0) throw new BacktestDataException($"the raw journal has no trades of {venue} {symbol}; `mts stream --venues {venue} --symbols {symbol}` records them.");
        return (found.Sorted(), [.. found.Missing(frames.Ours.Sessions)]);
    }

    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        if (market.Venue == venue && market.Symbol == symbol) trades.Add(new PublicTrade(trade.Time, market.Scale.Price(trade.Price), market.Scale.Size(trade.Size)));
    }

    public override void OnGap(FollowedMarket market, FeedGap gap)
    {
        if (gap.Channel == Channel.Trade && gap.End is not null && gap.Repair == "none" && market.Venue == venue && market.Symbol == symbol) gaps.Add(gap);
    }

    // Those that were fetched back come behind younger ones, which is no fault of the recording.
    private TradeFile Sorted() => new([.. trades.OrderBy(t => t.Time)], Duplicates: 0, Refused: 0, FirstRefused: null, IsSorted: true);

    private IEnumerable<string> Missing(int sessions)
    {
        if (sessions > 1) yield return $"the journal has {sessions} sessions; what was traded between them is not in it";
        if (gaps.Count > 0) yield return $"{gaps.Count} gaps in the stream of trades were not made good, the first from {gaps[0].Start} to {gaps[0].End}";
    }
}
