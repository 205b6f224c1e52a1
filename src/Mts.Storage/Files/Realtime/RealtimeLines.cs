using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Realtime;

/// <summary>Rows as lines of the files they belong to; times in Unix milliseconds, numbers exact.</summary>
internal sealed class RealtimeLines(RealtimePaths paths, DateOnly today)
{
    private readonly Dictionary<string, (MemoryStream Bytes, CsvWriter Csv, string Header)> files = new(StringComparer.Ordinal);

    /// <summary>Path, header line and lines of each file.</summary>
    public IEnumerable<(string Path, string Header, ReadOnlyMemory<byte> Lines)> Files
    {
        get
        {
            foreach (var (path, (bytes, csv, header)) in files)
            {
                csv.Flush();
                yield return (path, header, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            }
        }
    }

    public void Add(BookRow book)
    {
        var csv = In(paths.Of(RealtimeKind.Books, book.Venue, book.Symbol, book.Time.Date, today), "timestamp,side,level,price,quantity");
        Add(csv, book, "bid", book.Bids);
        Add(csv, book, "ask", book.Asks);
    }

    public void Add(SpreadRow spread) => In(
        paths.Of(RealtimeKind.Spreads, spread.Venue, spread.Symbol, spread.Time.Date, today), "timestamp,bid_price,ask_price,spread_absolute,spread_percentage,mid_price")
        .Add(spread.Time.UnixMilliseconds).AddUnits(spread.Bid.Price, spread.Scale.PriceDecimals).AddUnits(spread.Ask.Price, spread.Scale.PriceDecimals)
        .AddUnits(spread.Ask.Price - spread.Bid.Price, spread.Scale.PriceDecimals).Add(spread.Percentage).Add((double)spread.Mid).EndLine();

    public void Add(FundingQuoteRow quote)
    {
        var csv = In(paths.Of(RealtimeKind.Funding, quote.Venue, quote.Symbol, quote.Time.Date, today), "timestamp,funding_rate,predicted_rate,funding_time")
            .Add(quote.Time.UnixMilliseconds).Add(quote.Rate).Add(quote.Rate);
        if (quote.NextFunding is { } next) csv.Add(next.UnixMilliseconds).EndLine();
        else csv.Add("").EndLine();
    }

    public void Add(StreamBarRow row)
    {
        var bar = row.Bar;
        In(paths.Bars(row.Key, bar.OpenTime.Date), "timestamp,open,high,low,close,volume")
            .Add(bar.OpenTime.UnixMilliseconds).Add(bar.Open).Add(bar.High).Add(bar.Low).Add(bar.Close).Add(bar.Volume).EndLine();
    }

    public void Add(CrossSpreadRow spread)
    {
        var csv = In(
            paths.Of(RealtimeKind.CrossSpreads, spread.Time.Date, today),
            "timestamp,buy_exchange,buy_symbol,sell_exchange,sell_symbol,size,buy_price,sell_price,gross_bps,net_bps");
        Add(csv.Add(spread.Time.UnixMilliseconds), spread).EndLine();
    }

    /// <summary>An opportunity is a line when it is over.</summary>
    public void Add(OpportunityRow opportunity)
    {
        if (opportunity.Ended is not { } ended) return;
        var csv = In(
            paths.Of(RealtimeKind.Opportunities, ended.Date, today),
            "first_seen,last_seen,ended,end_reason,best_time,buy_exchange,buy_symbol,sell_exchange,sell_symbol,size,buy_price,sell_price,gross_bps,net_bps,net_profit");
        csv.Add(opportunity.FirstSeen.UnixMilliseconds).Add(opportunity.LastSeen.UnixMilliseconds).Add(ended.UnixMilliseconds).Add(opportunity.EndReason ?? "");
        Add(csv.Add(opportunity.Best.Time.UnixMilliseconds), opportunity.Best).Add(opportunity.NetProfit).EndLine();
    }

    private CsvWriter In(string path, string header)
    {
        if (files.TryGetValue(path, out var file)) return file.Csv;
        var bytes = new MemoryStream();
        return (files[path] = (bytes, new CsvWriter(bytes), header)).Csv;
    }

    private static void Add(CsvWriter csv, BookRow book, string side, Core.Books.LevelChange[] levels)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            csv.Add(book.Time.UnixMilliseconds).Add(side).Add((long)i)
                .AddUnits(levels[i].Price, book.Scale.PriceDecimals).AddUnits(levels[i].Size, book.Scale.SizeDecimals).EndLine();
        }
    }

    private static CsvWriter Add(CsvWriter csv, CrossSpreadRow s) => csv
        .Add(s.BuyVenue).Add(s.BuySymbol.ToString()).Add(s.SellVenue).Add(s.SellSymbol.ToString()).Add(s.Size).Add(s.BuyPrice).Add(s.SellPrice).Add(s.GrossBps).Add(s.NetBps);
}
