using System.Globalization;
using System.Text.RegularExpressions;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Recordings;

namespace Mts.Cli.Live;

/// <summary>Puts recorded frames of one market through the code that follows it live; the clock is the recorded time of receipt.</summary>
internal sealed partial class RecordedSession
{
    private const int DeepestBook = 1_000;
    private const int LinesToLookAt = 2_000;

    private readonly string venue;
    private readonly MarketKind market;
    private readonly HashSet<int> connections = [];
    private readonly Queue<(byte[] Body, Timestamp Time)> early = new();
    private readonly VenueFeed feed;

    public RecordedSession(string venue, MarketKind market, IReadOnlyList<string> paths, IMarketTap tap)
    {
        (this.venue, this.market) = (venue, market);
        var protocol = VenueProtocols.Of(venue, market, venue == "bybit" ? DepthIn(paths) : DeepestBook);
        feed = new VenueFeed(protocol, [], [], new FeedOptions { AuditEvery = TimeSpan.Zero }, SilentShell.Instance, tap, new Random(0), isOpen: true);
    }

    public VenueFeed Feed => feed;

    /// <summary>Frames and answers of another market, and answers that no feed asks for.</summary>
    public long NotSelected { get; private set; }

    public Timestamp? First { get; private set; }

    public Timestamp? Last { get; private set; }

    public void Take(in RecordedInput input)
    {
        if (!IsOurs(input.Url))
        {
            if (input.Kind is FeedInputKind.Frame or FeedInputKind.Fetched) NotSelected++;
            return;
        }

        First ??= input.Time;
        Last = input.Time;
        switch (input.Kind)
        {
            case FeedInputKind.Opened:
                connections.Add(input.Connection);
                feed.OnRecordedConnection(input.Connection, input.Epoch, input.Time);
                break;
            case FeedInputKind.Frame:
                if (connections.Add(input.Connection)) feed.OnRecordedConnection(input.Connection, input.Epoch, input.Time);
                feed.OnInput(new FeedInput(0, FeedInputKind.Frame, input.Connection, input.Time), input.Bytes.Span);
                while (early.Count > 0 && feed.Markets.Count > 0 && early.TryDequeue(out var book)) feed.OnRecorded(FetchKind.Snapshot, feed.Markets[0].Symbol, 0, book.Body, book.Time);
                break;
            case FeedInputKind.Fetched:
                TakeFetched(input);
                break;
        }
    }

    private void TakeFetched(in RecordedInput input)
    {
        if (input.Url is null)
        {
            if (feed.Markets.Count > 1) throw new DataValidationException($"a book fetched at {input.Time} does not say of which of {feed.Markets.Count} markets it is; replay them one by one.");
            if (feed.Markets.Count == 0) early.Enqueue((input.Bytes.ToArray(), input.Time));
            else feed.OnRecorded(FetchKind.Snapshot, feed.Markets[0].Symbol, 0, input.Bytes.Span, input.Time);
            return;
        }

        if (KindOf(input.Url) is { } kind && SymbolPattern().Match(input.Url) is { Success: true } name && Symbol.TryParse(name.Groups["symbol"].Value, out var symbol))
        {
            feed.OnRecorded(kind, market == MarketKind.Perpetual ? symbol with { Settle = symbol.Quote } : symbol, 0, input.Bytes.Span, input.Time);
        }
        else
        {
            NotSelected++;
        }
    }

    private static FetchKind? KindOf(string url) =>
        url.Contains("/depth", StringComparison.Ordinal) || url.Contains("/orderbook", StringComparison.Ordinal) ? FetchKind.Snapshot
        : url.Contains("/aggTrades", StringComparison.Ordinal) || url.Contains("/recent-trade", StringComparison.Ordinal) ? FetchKind.Trades : null;

    // What a file does not tell is taken to be of the market that was asked for.
    private bool IsOurs(string? url)
    {
        if (url is null) return true;
        var isPerpetual = url.Contains("fstream", StringComparison.Ordinal) || url.Contains("/fapi/", StringComparison.Ordinal) || url.Contains("linear", StringComparison.Ordinal);
        var isBybit = url.Contains("/v5/", StringComparison.Ordinal) || url.Contains("bybit", StringComparison.Ordinal);
        return isPerpetual == (market == MarketKind.Perpetual) && isBybit == (venue == "bybit");
    }

    // Several depths of one market are several books; the deepest one is kept.
    private static int DepthIn(IReadOnlyList<string> paths)
    {
        using var reader = new RecordingReader(paths);
        var depths = new HashSet<int>();
        for (var i = 0; i < LinesToLookAt && reader.TryRead(out var input); i++)
        {
            var text = System.Text.Encoding.UTF8.GetString(input.Bytes.Span[..Math.Min(input.Bytes.Length, 200)]);
            if (BookTopic().Match(text) is { Success: true } topic) depths.Add(int.Parse(topic.Groups["depth"].ValueSpan, CultureInfo.InvariantCulture));
        }

        return depths.DefaultIfEmpty(DeepestBook).Max();
    }

    [GeneratedRegex(@"orderbook\.(?<depth>\d{1,4})\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BookTopic();

    [GeneratedRegex(@"[?&]symbol=(?<symbol>[A-Za-z0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SymbolPattern();
}
