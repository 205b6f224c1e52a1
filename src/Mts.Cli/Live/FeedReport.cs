using System.Text.Json;
using Mts.Cli.Output;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>What a session of feeds came to: the account of each stream, the state and fingerprint of each book, the ledgers.</summary>
internal static class FeedReport
{
    private static readonly (string Name, FrameOutcome Outcome)[] Outcomes =
    [
        ("applied", FrameOutcome.Applied), ("duplicate", FrameOutcome.Duplicate), ("stale", FrameOutcome.Stale), ("superseded", FrameOutcome.Superseded),
        ("discarded", FrameOutcome.Discarded), ("control", FrameOutcome.Control), ("dead_lettered", FrameOutcome.DeadLettered), ("buffered", FrameOutcome.Buffered),
    ];

    public static void Write(Utf8JsonWriter w, IReadOnlyList<VenueFeed> feeds, FeedLedgers ledgers)
    {
        w.WriteStartArray("streams");
        foreach (var market in feeds.SelectMany(f => f.Markets)) WriteStreams(w, market);
        w.WriteEndArray();
        w.WriteStartArray("connections");
        foreach (var feed in feeds) WriteConnections(w, feed);
        w.WriteEndArray();
        w.WriteStartArray("books");
        foreach (var market in feeds.SelectMany(f => f.Markets).Where(m => m.Account(Channel.Depth).Received > 0)) WriteBook(w, market);
        w.WriteEndArray();
        WriteFailing(w, ledgers);
        WriteGaps(w, feeds, ledgers);
        WriteDeadLetters(w, ledgers);
    }

    public static Grid Table(IEnumerable<VenueFeed> feeds)
    {
        var grid = new Grid("venue", "market", "state", ">bid", ">ask", ">spread bps", ">received", ">applied", ">gaps open", "hash");
        foreach (var feed in feeds)
        {
            foreach (var market in feed.Markets.Where(m => m.Account(Channel.Depth).Received > 0))
            {
                var (keeper, book) = (market.Book, market.Book.Book);
                var isValid = keeper.State == BookState.Valid;
                grid.Add(
                    market.Venue, market.SymbolText, keeper.State.ToText(),
                    isValid ? Text(book.Bids.BestPrice, book.Scale) : "n/a", isValid ? Text(book.Asks.BestPrice, book.Scale) : "n/a",
                    isValid ? Figures.Ratio(SpreadBps(book)) : "n/a",
                    Figures.Count(market.Received), Figures.Count(market.Total(FrameOutcome.Applied)),
                    Figures.Count(feed.OpenGaps.Count(g => g.Symbol == market.Symbol)), isValid ? BookHash.Of(book)[..12] : "n/a");
            }
        }

        return grid;
    }

    /// <summary>Ask minus bid in ten-thousandths of the mid price; both sides must have a level.</summary>
    public static double SpreadBps(OrderBook book) => book.Scale.PriceToDouble(book.Asks.BestPrice - book.Bids.BestPrice) / book.Mid!.Value * 10_000;

    private static string Text(long price, NumberScale scale) => PlainNumber.ToText(price, scale.PriceDecimals);

    private static void WriteStreams(Utf8JsonWriter w, FollowedMarket market)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var account = market.Account(channel);
            if (account.Received == 0) continue;
            w.WriteStartObject();
            WriteMarket(w, market);
            w.WriteString("channel", Name(channel));
            WriteAccount(w, account);
            JsonParts.WriteTime(w, "last_received", market.LastHeard(channel));
            w.WriteEndObject();
        }
    }

    private static void WriteConnections(Utf8JsonWriter w, VenueFeed feed)
    {
        foreach (var account in feed.ConnectionAccounts.Append(feed.LateFrames))
        {
            if (account.Received == 0) continue;
            w.WriteStartObject();
            w.WriteString("venue", feed.Venue);
            w.WriteString("market", feed.Market.ToText());
            w.WriteString("kind", ReferenceEquals(account, feed.LateFrames) ? "late" : "connection");
            WriteAccount(w, account);
            w.WriteEndObject();
        }
    }

    private static void WriteAccount(Utf8JsonWriter w, StreamAccount account)
    {
        w.WriteNumber("received", account.Received);
        foreach (var (name, outcome) in Outcomes) w.WriteNumber(name, account[outcome]);
        w.WriteBoolean("balanced", account.IsBalanced);
    }

    private static void WriteBook(Utf8JsonWriter w, FollowedMarket market)
    {
        var (keeper, book) = (market.Book, market.Book.Book);
        var isKnown = keeper.State is BookState.Valid or BookState.Empty;
        w.WriteStartObject();
        WriteMarket(w, market);
        w.WriteString("state", keeper.State.ToText());
        JsonParts.WriteTime(w, "since", keeper.Since);
        w.WriteNumber("epoch", keeper.Epoch);
        if (keeper.Id is { } id) w.WriteNumber("id", id);
        else w.WriteNull("id");
        w.WriteString("bid", isKnown && book.Bids.Count > 0 ? Text(book.Bids.BestPrice, book.Scale) : null);
        w.WriteString("ask", isKnown && book.Asks.Count > 0 ? Text(book.Asks.BestPrice, book.Scale) : null);
        w.WriteNumber("bid_levels", isKnown ? book.Bids.Count : 0);
        w.WriteNumber("ask_levels", isKnown ? book.Asks.Count : 0);
        w.WriteString("hash", isKnown ? BookHash.Of(book) : null);
        w.WriteEndObject();
    }

    private static void WriteFailing(Utf8JsonWriter w, FeedLedgers ledgers)
    {
        w.WriteStartArray("failing");
        foreach (var note in ledgers.Failing)
        {
            w.WriteStartObject();
            w.WriteString("venue", note.Venue);
            w.WriteString("market", note.Market.ToText());
            w.WriteString("stream", note.Stream);
            w.WriteString("state", note.State);
            w.WriteString("detail", note.Detail);
            w.WriteString("since", note.Time.ToString());
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteGaps(Utf8JsonWriter w, IReadOnlyList<VenueFeed> feeds, FeedLedgers ledgers)
    {
        w.WriteStartObject("gaps");
        w.WriteNumber("total", ledgers.Gaps);
        w.WriteStartArray("open");
        foreach (var gap in feeds.SelectMany(f => f.OpenGaps)) WriteGap(w, gap);
        w.WriteEndArray();
        w.WriteStartArray("closed");
        foreach (var gap in ledgers.ClosedGaps) WriteGap(w, gap);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter w, FeedGap gap)
    {
        w.WriteStartObject();
        w.WriteString("venue", gap.Venue);
        w.WriteString("symbol", gap.Symbol.ToString());
        w.WriteString("channel", Name(gap.Channel));
        w.WriteString("cause", gap.Cause);
        JsonParts.WriteNumber(w, "last_id", gap.LastId);
        JsonParts.WriteNumber(w, "next_id", gap.NextId);
        JsonParts.WriteTime(w, "start", gap.Start);
        JsonParts.WriteTime(w, "end", gap.End);
        w.WriteString("repair", gap.Repair);
        w.WriteEndObject();
    }

    private static void WriteDeadLetters(Utf8JsonWriter w, FeedLedgers ledgers)
    {
        w.WriteStartObject("dead_letters");
        w.WriteNumber("total", ledgers.Reasons.Values.Sum());
        w.WriteStartObject("by_reason");
        foreach (var (reason, count) in ledgers.Reasons.OrderBy(r => r.Key, StringComparer.Ordinal)) w.WriteNumber(reason, count);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void WriteMarket(Utf8JsonWriter w, FollowedMarket market)
    {
        w.WriteString("venue", market.Venue);
        w.WriteString("market", market.Kind.ToText());
        w.WriteString("symbol", market.SymbolText);
    }

    private static string Name(Channel channel) => channel.ToString().ToLowerInvariant();
}
