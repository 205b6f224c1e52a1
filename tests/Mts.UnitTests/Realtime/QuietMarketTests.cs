using System.Globalization;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>A market in which nothing happens for a quarter of an hour, on a venue that answers what it is asked: nobody's connection may pay for it.</summary>
public sealed class QuietMarketTests
{
    private static readonly Channel[] all = [Channel.Depth, Channel.Quote, Channel.Trade, Channel.Bar];
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void Costs_no_connection(bool isFetched, bool isAlone, bool wasHeard)
    {
        var venue = new QuietVenue(isFetched, isAlone);
        venue.Run(TimeSpan.FromSeconds(3));
        for (var i = 0; wasHeard && i < 3; i++)
        {
            venue.Change("LTCUSDT");
            venue.Run(TimeSpan.FromSeconds(1));
        }

        venue.Run(Quiet);
        venue.Lost.ShouldBeEmpty();
        if (wasHeard) venue.StateOf("LTC/USDT").ShouldBe(BookState.Valid);
        venue.Change("LTCUSDT");
        venue.Run(TimeSpan.FromSeconds(3));
        venue.StateOf("LTC/USDT").ShouldBe(BookState.Valid);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Costs_none_after_a_disconnect_either(bool isFetched, bool isTradedMeanwhile)
    {
        var venue = new QuietVenue(isFetched, isAlone: false);
        venue.Run(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 20; i++)
        {
            venue.Change("LTCUSDT");
            venue.Run(TimeSpan.FromSeconds(1));
        }

        venue.Cut();
        if (isTradedMeanwhile) venue.Change("LTCUSDT");
        venue.Run(TimeSpan.FromSeconds(20));
        venue.Lost.Clear();
        venue.Run(Quiet);
        venue.Lost.ShouldBeEmpty();
        // A book that is joined from a fetched snapshot is whole with its first change.
        venue.OpenGaps.Where(g => g.Channel != Channel.Depth || !isFetched).ShouldBeEmpty();
        venue.Change("LTCUSDT");
        venue.Run(TimeSpan.FromSeconds(3));
        venue.StateOf("LTC/USDT").ShouldBe(BookState.Valid);
        venue.Trades.ShouldBe(Enumerable.Range(1, isTradedMeanwhile ? 22 : 21), "each trade once, also that of the time between");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_no_excuse_for_a_stream_that_is_mute_from_the_start(bool isFetched)
    {
        var venue = new QuietVenue(isFetched, isAlone: false) { Mute = "LTCUSDT" };
        for (var second = 0; second < 60 && venue.Notes.All(n => n.State != "silent"); second++)
        {
            venue.Change("LTCUSDT");
            venue.Run(TimeSpan.FromSeconds(1));
        }

        venue.Notes.ShouldContain(n => n.State == "silent" && n.Stream!.StartsWith("LTC/USDT", StringComparison.Ordinal));
    }

    [Fact]
    public void Is_no_reason_to_replace_connections_for_ever_where_a_stream_never_comes()
    {
        var venue = new QuietVenue(isFetched: true, isAlone: false) { Mute = "LTCUSDT" };
        for (var minute = 0; minute < 90; minute++)
        {
            venue.Change("LTCUSDT");
            venue.Run(TimeSpan.FromMinutes(1));
        }

        // Four streams of one connection, each ever more seldom: 20, 40 … 3,600 seconds.
        venue.Lost.Count.ShouldBeInRange(1, 4 * 9);
    }

    /// <summary>Two markets of a venue: one that moves ten times a second, and one that moves when the test says so.</summary>
    private sealed class QuietVenue : QuietTap, IFeedShell
    {
        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

        private readonly Dictionary<string, Truth> truths = [];
        private readonly Queue<Action> answers = new();
        private readonly HashSet<string> subscribed = [];
        private readonly VenueFeed feed;
        private readonly bool isFetched, isAlone;
        private Timestamp now = Timestamp.Parse("2026-01-01");
        private int open;

        public QuietVenue(bool isFetched, bool isAlone)
        {
            (this.isFetched, this.isAlone) = (isFetched, isAlone);
            truths["LTCUSDT"] = new Truth();
            if (!isAlone) truths["BTCUSDT"] = new Truth();
            var venue = new ScriptedVenue(isFetched ? new CountingSequencer() : new StreamedSequencer(), countsTrades: isFetched) { MarksTimes = () => now };
            feed = new VenueFeed(venue, isAlone ? [Symbol.Parse("LTC/USDT")] : [Symbol.Parse("BTC/USDT"), Symbol.Parse("LTC/USDT")], all, new FeedOptions { AuditEvery = TimeSpan.Zero, ProbeEvery = TimeSpan.Zero }, this, this, new Random(1));
            feed.Start(now);
        }

        /// <summary>A market whose streams never come.</summary>
        public string? Mute { get; init; }

        public List<string> Lost { get; } = [];

        public List<ConnectionNote> Notes { get; } = [];

        public List<int> Trades { get; } = [];

        public IEnumerable<FeedGap> OpenGaps => feed.OpenGaps;

        public BookState StateOf(string symbol) => feed.Markets.Single(m => m.SymbolText == symbol).Book.State;

        /// <summary>A new price, a quote, a trade.</summary>
        public void Change(string symbol)
        {
            var truth = truths[symbol];
            truth.Id++;
            truth.Trades.Add((truth.Trades.Count + 1, now));
            Say(symbol, "Depth", $"d {symbol} {truth.Id} {truth.Id} - 100:{truth.Id} 101:1");
            Say(symbol, "Quote", $"q {symbol} {truth.Id} 100:{truth.Id} 101:1");
            Say(symbol, "Trade", $"t {symbol} {truth.Trades.Count}@{now.Micros}");
        }

        public void Cut()
        {
            var cut = open;
            (open, _) = (0, subscribed.RemoveWhere(_ => true));
            Give(FeedInputKind.Closed, cut, "cut");
        }

        public void Run(TimeSpan span)
        {
            for (var end = now + span; now < end;)
            {
                now += Step;
                for (var count = answers.Count; count > 0; count--) answers.Dequeue()();
                if (!isAlone) Change("BTCUSDT");
                if (feed.NextTimer <= now) Give(FeedInputKind.Timer, 0, "");
            }
        }

        public void Connect(int connection, string path) => answers.Enqueue(() =>
        {
            open = connection;
            Give(FeedInputKind.Opened, connection, "");
        });

        public void Send(int connection, ReadOnlySpan<byte> text)
        {
            var words = Encoding(text).Split(' ');
            answers.Enqueue(() =>
            {
                if (connection != open) return;
                if (words[0] == "ping") Give(FeedInputKind.Frame, connection, "ack");
                else if (words[0] == "unsub") subscribed.Remove($"{words[1]} {words[2]}");
                else Subscribe(words[1], words[2]);
            });
        }

        public void Close(int connection, string reason)
        {
            Lost.Add(reason);
            if (connection != open) return;
            open = 0;
            subscribed.Clear();
        }

        public void Fetch(int number, FetchRequest request) => answers.Enqueue(() => Give(FeedInputKind.Fetched, number, request.Kind switch
        {
            FetchKind.Snapshot => $"s {request.Symbol.Compact} {Book(request.Symbol.Compact)}",
            FetchKind.Trades => $"t {request.Symbol.Compact} {string.Join(' ', truths[request.Symbol.Compact].Trades.Where(t => t.Id >= (request.FromId ?? 0)).TakeLast(50).Select(t => $"{t.Id}@{t.Time.Micros}"))}".TrimEnd(),
            _ => $"b {request.Symbol.Compact}",
        }));

        public override void OnConnection(ConnectionNote note) => Notes.Add(note);

        public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
        {
            if (market.SymbolText == "LTC/USDT") Trades.Add((int)trade.Id);
        }

        private static string Encoding(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);

        private string Book(string symbol) => string.Create(CultureInfo.InvariantCulture, $"{truths[symbol].Id} 100:{truths[symbol].Id} 101:1");

        private void Subscribe(string symbol, string channel)
        {
            Give(FeedInputKind.Frame, open, $"accept {symbol} {channel}");
            if (symbol == Mute) return;
            subscribed.Add($"{symbol} {channel}");
            if (channel == "Depth" && !isFetched) Say(symbol, channel, $"s {symbol} {Book(symbol)}");
        }

        private void Say(string symbol, string channel, string text)
        {
            if (open > 0 && subscribed.Contains($"{symbol} {channel}")) Give(FeedInputKind.Frame, open, text);
        }

        private void Give(FeedInputKind kind, int number, string text) => feed.OnInput(new FeedInput(0, kind, number, now), System.Text.Encoding.UTF8.GetBytes(text));

        private sealed class Truth
        {
            public int Id { get; set; } = 10;

            public List<(int Id, Timestamp Time)> Trades { get; } = [];
        }
    }
}
