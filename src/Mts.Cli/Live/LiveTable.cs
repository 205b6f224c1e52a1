using System.Globalization;
using Mts.Cli.Output;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>The state of all books on one screen, drawn over itself.</summary>
internal sealed class LiveTable(CliHost host)
{
    private readonly Dictionary<FollowedMarket, (long Received, Timestamp At)> before = [];
    private int lines;

    /// <summary>Draws the table; the feeds must stand still meanwhile.</summary>
    public void Draw(IReadOnlyList<VenueFeed> feeds, Timestamp now)
    {
        var grid = new Grid("venue", "market", "state", ">bid", ">ask", ">spread bps", ">msg/s", ">lag ms", ">gaps");
        foreach (var feed in feeds)
        {
            foreach (var market in feed.Markets) grid.Add(Row(feed, market, now));
        }

        var text = GridText.Of(grid);
        host.Out.Write(lines > 0 ? $"\u001b[{lines}A\u001b[J{text}" : text);
        host.Out.Flush();
        lines = text.Count(c => c == '\n');
    }

    private string[] Row(VenueFeed feed, FollowedMarket market, Timestamp now)
    {
        var (keeper, book) = (market.Book, market.Book.Book);
        var isValid = keeper.State == BookState.Valid;
        var received = market.Received;
        var rate = before.TryGetValue(market, out var last) && now > last.At ? (received - last.Received) / (now - last.At).TotalSeconds : 0;
        before[market] = (received, now);
        return
        [
            market.Venue, market.SymbolText, keeper.State.ToText(), isValid ? Price(book.Bids.BestPrice, book.Scale) : "n/a", isValid ? Price(book.Asks.BestPrice, book.Scale) : "n/a",
            isValid ? Figures.Ratio(FeedReport.SpreadBps(book)) : "n/a", rate.ToString("0", CultureInfo.InvariantCulture),
            keeper.Time is { } time ? ((keeper.Updated - time).TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture) : "n/a",
            Figures.Count(feed.OpenGaps.Count(g => g.Symbol == market.Symbol)),
        ];
    }

    private static string Price(long price, NumberScale scale) => PlainNumber.ToText(price, scale.PriceDecimals);
}
