using System.Globalization;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Cli.Live.Simulation;

/// <summary>Both venues, the network, the disk and our feeds, in one thread and on virtual time.</summary>
internal sealed class SimulatedWorld : IDisposable
{
    private const int BybitDepth = 50;
    private static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(12);
    private static readonly Timestamp Start = Timestamp.Parse("2026-06-01T11:59:30Z");
    private static readonly Channel[] channels = Enum.GetValues<Channel>();

    private readonly Scenario scenario;
    private readonly Func<IVenueProtocol, IVenueProtocol> alter;
    private readonly FeedOptions options;
    private readonly SimulatedDisk disk = new(TimeSpan.FromMilliseconds(50));
    private readonly Witness witness;
    private readonly List<SimulatedNetwork> networks = [];
    private List<VenueFeed> feeds = [];
    private long lastReceived = long.MinValue;

    /// <param name="scenario">What happens.</param>
    /// <param name="alter">Changes what our side speaks, to see that a broken guard is noticed; the identity otherwise.</param>
    /// <param name="adjust">Changes how our side watches, to the same end.</param>
    public SimulatedWorld(Scenario scenario, Func<IVenueProtocol, IVenueProtocol>? alter = null, Func<FeedOptions, FeedOptions>? adjust = null)
    {
        (this.scenario, this.alter) = (scenario, alter ?? (static p => p));
        options = adjust is null ? Options : adjust(Options);
        witness = new Witness(Truth) { HiddenErrors = HiddenErrors() };
        foreach (var venue in new[] { Venue.BinanceSpot, Venue.BinanceUsdm, Venue.BybitSpot, Venue.BybitLinear }) networks.Add(Join(venue));
        Boot(Start);
    }

    public SimulationResult Run()
    {
        var stormy = Start + scenario.Length;
        var end = stormy + scenario.Calm;
        var look = Start;
        var crash = scenario.Crash is { } after ? Start + after : (Timestamp?)null;
        var now = Start;
        while (now < end)
        {
            var next = Soonest() is { } due && due < end ? due : end;
            now = next > now ? next : now;
            foreach (var network in networks) network.Advance(now);
            RunTimers(now);
            if (now >= look) look = LookForOldBooks(now);
            if (now >= stormy + (scenario.Calm * 0.5)) witness.NoteValid(feeds);
            if (now >= stormy) networks.ForEach(n => n.Venue.IsCalm = true);
            if (crash is { } moment && now >= moment)
            {
                crash = null;
                CrashAndRestart(now);
            }
        }

        if (scenario.Calm > TimeSpan.Zero) witness.Recovered(feeds, stormy + (scenario.Calm * 0.5) + scenario.Skew);
        witness.Balance(feeds);
        witness.Whole(feeds);
        foreach (var (market, bar) in witness.Bars) witness.Compare(market, bar, VenueBars.At(VenueOf(market), market.Symbol.Compact, bar.OpenTime, end));
        CheckReplay();
        return new SimulationResult(
            scenario, witness.Digest, witness.Violations, disk.Appended, witness.Published, witness.Compared, witness.Gaps, witness.DeadLetters,
            networks.SelectMany(n => n.Venue.Ledger.Faults).GroupBy(f => f.Key.ToString(), f => f.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal),
            networks.Sum(n => n.Venue.Ledger.Violations), witness.Repairs);
    }

    public void Dispose() => witness.Dispose();

    private SimulatedNetwork Join(Venue venue)
    {
        var number = networks.Count;
        var network = new SimulatedNetwork(scenario, unchecked((int)scenario.Seed) + number, request => PathOf(venue, request));
        var simulated = new SimulatorOptions
        {
            Seed = scenario.Seed, Faults = scenario.Plan,
            Live = new LiveOptions { Rate = scenario.Rate, Levels = 200, History = 4096, ConnectionLife = scenario.ConnectionLife },
        };
        network.Venue = new SimulatedVenue(venue, simulated, Start, network);
        network.Arrived = (kind, input, bytes, value, now) => Give(number, kind, input, bytes.Span, value, now);
        return network;
    }

    private void Boot(Timestamp now)
    {
        feeds = MakeFeeds(networks, witness);
        for (var i = 0; i < feeds.Count; i++) Give(i, FeedInputKind.Timer, 0, default, 0, now, isStart: true);
    }

    private List<VenueFeed> MakeFeeds(IReadOnlyList<IFeedShell> shells, IMarketTap tap) =>
        [.. Protocols().Select((p, i) => new VenueFeed(alter(p), SymbolsOf(p), channels, options, shells[i], tap, new Random(unchecked((int)scenario.Seed))))];

    private static FeedOptions Options => new() { AuditEvery = TimeSpan.FromSeconds(10), Levels = 1000, Backoff = TimeSpan.FromMilliseconds(200), MaxBackoff = TimeSpan.FromSeconds(5) };

    private static IVenueProtocol[] Protocols() =>
    [
        new BinanceSpotStream(new BinanceStreamSettings()), new BinanceUsdmStream(new BinanceStreamSettings()),
        new BybitStream(MarketKind.Spot, new BybitStreamSettings { BookDepth = BybitDepth }), new BybitStream(MarketKind.Perpetual, new BybitStreamSettings { BookDepth = BybitDepth }),
    ];

    private List<Symbol> SymbolsOf(IVenueProtocol protocol) =>
        [.. scenario.Symbols.Select(Symbol.Parse).Select(s => protocol.Market == MarketKind.Perpetual ? s with { Settle = s.Quote } : s)];

    private Timestamp? Soonest()
    {
        Timestamp? soonest = null;
        foreach (var due in networks.Select(n => n.NextEvent).Concat(feeds.Select(f => f.NextTimer is { } timer ? timer - scenario.Skew : (Timestamp?)null)))
        {
            if (due is not null && (soonest is null || due < soonest)) soonest = due;
        }

        return soonest;
    }

    private void RunTimers(Timestamp now)
    {
        for (var i = 0; i < feeds.Count; i++)
        {
            if (feeds[i].NextTimer is { } due && due <= now + scenario.Skew) Give(i, FeedInputKind.Timer, 0, default, 0, now);
        }
    }

    /// <summary>Our clock is not the venue's, but it does not go back.</summary>
    private void Give(int feed, FeedInputKind kind, int number, ReadOnlySpan<byte> bytes, long value, Timestamp now, bool isStart = false)
    {
        var received = new Timestamp(lastReceived = Math.Max(lastReceived, (now + scenario.Skew).Micros));
        var input = new FeedInput(feed, isStart ? FeedInputKind.Started : kind, number, received, value);
        disk.Append(input, bytes);
        Handle(feeds, input, bytes);
    }

    private static void Handle(List<VenueFeed> to, in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        if (input.Kind == FeedInputKind.Started) to[input.Feed].Start(input.Time);
        else to[input.Feed].OnInput(input, bytes);
    }

    private void CrashAndRestart(Timestamp now)
    {
        foreach (var network in networks) network.Cut();
        disk.Crash();
        CheckReplay();
        witness.Restart();
        disk.Restart();
        Boot(now);
    }

    /// <summary>What is on the disk, played again, must give what it gave.</summary>
    private void CheckReplay()
    {
        using var first = new Witness(static _ => null);
        using var second = new Witness(static _ => null);
        foreach (var again in new[] { first, second })
        {
            var replayed = MakeFeeds([.. networks.Select(_ => SilentShell.Instance)], again);
            foreach (var (input, bytes) in disk.Records) Handle(replayed, input, bytes);
            if (scenario.Crash is null && StateOf(replayed) != StateOf(feeds)) witness.Violate("the journal played again gives other books");
        }

        if (first.Digest != second.Digest) witness.Violate("the journal played twice gives two digests");
    }

    private static string StateOf(IEnumerable<VenueFeed> feeds) => string.Join(';', feeds.SelectMany(f => f.Markets).Select(m =>
        $"{m.Venue} {m.SymbolText} {m.Book.State} {m.Book.Id} {BookHash.Of(m.Book.Book)} {string.Join(',', channels.Select(c => m.Account(c).Received))}"));

    private SimulatedVenue VenueOf(FollowedMarket market) => networks[(market.Venue == "binance" ? 0 : 2) + (market.Kind == MarketKind.Spot ? 0 : 1)].Venue;

    // Bybit's own numbers begin again at 1; its number across streams does not.
    private ReferenceBook? Truth(FollowedMarket market) => market.Venue == "binance"
        ? VenueOf(market).Book(market.Symbol.Compact, market.Book.LastId)
        : VenueOf(market).BookAfter(market.Symbol.Compact, market.Book.Sequence);

    /// <summary>What is VALID and has not moved for long must be what the venue has.</summary>
    /// <returns>When to look again.</returns>
    private Timestamp LookForOldBooks(Timestamp now)
    {
        foreach (var market in feeds.SelectMany(f => f.Markets).Where(m => m.Book.State == BookState.Valid && now - (m.Book.Updated - scenario.Skew) > OldAfter))
        {
            var (venue, symbol) = (VenueOf(market), market.Symbol.Compact);
            if (venue.UpdateIdOf(symbol) is { } newest && venue.BookAfter(symbol, newest) is { } present) witness.CompareOld(market, present, now - (market.Book.Updated - scenario.Skew));
        }

        return now + TimeSpan.FromSeconds(1);
    }

    // An error that no sequence shows is found by the next audit, if the venue answers.
    private TimeSpan? HiddenErrors() =>
        !scenario.Faults.Contains("ws-wrong-level", StringComparison.Ordinal) ? null
        : scenario.Faults.Contains("snapshot-", StringComparison.Ordinal) ? TimeSpan.MaxValue : 2.5 * Options.AuditEvery;

    private static string PathOf(Venue venue, FetchRequest request)
    {
        var symbol = request.Symbol.Compact;
        var root = venue == Venue.BinanceSpot ? "/api/v3" : "/fapi/v1";
        var category = venue == Venue.BybitSpot ? "spot" : "linear";
        var from = request.From?.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        return (venue is Venue.BinanceSpot or Venue.BinanceUsdm, request.Kind) switch
        {
            (true, FetchKind.Snapshot) => $"{root}/depth?symbol={symbol}&limit={request.Levels}",
            (true, FetchKind.Trades) => $"{root}/aggTrades?symbol={symbol}{(request.FromId is { } id ? $"&fromId={id}" : "")}&limit=1000",
            (true, _) => $"{root}/klines?symbol={symbol}&interval=1m&startTime={from}&limit=1000",
            (false, FetchKind.Snapshot) => $"/v5/market/orderbook?category={category}&symbol={symbol}&limit={Math.Min(request.Levels, BybitDepth)}",
            (false, FetchKind.Trades) => $"/v5/market/recent-trade?category={category}&symbol={symbol}&limit={(venue == Venue.BybitSpot ? 60 : 1000)}",
            (false, _) => $"/v5/market/kline?category={category}&symbol={symbol}&interval=1&start={from}&limit=1000",
        };
    }
}

/// <param name="Scenario">What happened.</param>
/// <param name="Digest">SHA-256 over everything that came out.</param>
/// <param name="Violations">What must never happen and did; empty for a pass.</param>
/// <param name="Inputs">Inputs given to the feeds.</param>
/// <param name="Published">Updates of valid books.</param>
/// <param name="Compared">Of these, how many were held against the venue's book at the same update.</param>
/// <param name="Gaps">Gaps seen.</param>
/// <param name="DeadLetters">Frames not understood.</param>
/// <param name="Faults">Faults fired, by kind.</param>
/// <param name="RuleBreaks">How often we broke a rule of a venue.</param>
/// <param name="Repairs">From each gap of a book's numbers to the moment at which the book was valid again.</param>
internal sealed record SimulationResult(
    Scenario Scenario, string Digest, IReadOnlyList<string> Violations, long Inputs, long Published, long Compared, long Gaps, long DeadLetters,
    IReadOnlyDictionary<string, int> Faults, int RuleBreaks, IReadOnlyList<(string Market, TimeSpan Time)> Repairs);
