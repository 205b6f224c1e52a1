using Mts.Core.Market;
using Mts.Simulator.Binance;
using Mts.Simulator.Bybit;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;
using Mts.Simulator.Model;
using Mts.Simulator.Playback;
using Mts.Simulator.Sockets;

namespace Mts.Simulator.Live;

/// <summary>
/// One venue's market with its sockets and its REST face, without a socket or a clock: pure, single-threaded, and a function of its seed, its start and
/// what it is told when. Every call brings the time, which never goes back; what the venue sends goes to the sink during the call.
/// </summary>
public sealed class SimulatedVenue : ILiveFace
{
    private readonly IService rest;
    private readonly IWire wire;
    private readonly LiveInstruments instruments;
    private readonly BookSnapshots snapshots;
    private readonly Outbox outbox;

    /// <summary>A venue of its own, for a simulation in one process.</summary>
    /// <param name="venue">Which.</param>
    /// <param name="options">Seed, faults, limits and liveliness; the clock is not used.</param>
    /// <param name="start">The venue's first moment.</param>
    /// <param name="sink">Takes what it sends.</param>
    public SimulatedVenue(Venue venue, SimulatorOptions options, Timestamp start, IVenueSink sink)
        : this(venue, options, start, sink, new Exchange(options.Seed, new Dictionary<string, FileCandles>()), null, null)
    {
    }

    internal SimulatedVenue(Venue venue, SimulatorOptions options, Timestamp start, IVenueSink sink, Exchange exchange, IService? rest, LiveLedger? ledger, Player? player = null)
    {
        options.Live.Validate();
        (Venue, Options, Player) = (venue, options.Live, player);
        (StartMicros, NowMicros) = (start.Micros, start.Micros);
        Ledger = ledger ?? new LiveLedger();
        Clock = new ShownClock(this);
        this.rest = rest ?? venue switch
        {
            Venue.BinanceSpot => new SpotService(exchange, options.Limits),
            Venue.BinanceUsdm => new UsdmService(exchange, options.Limits),
            _ => new BybitService(exchange, options.Limits),
        };
        wire = venue is Venue.BinanceSpot or Venue.BinanceUsdm ? new BinanceWire(this) : new BybitWire(this);
        var seed = Noise.Key(options.Seed, $"venue {venue}");
        outbox = new Outbox(this, sink);
        instruments = new LiveInstruments(this, exchange, seed);
        Faults = new VenueFaults(this, options.Faults.Live(wire.Service), seed);
        Channels = new VenueChannels(this, instruments, new FrameFaults(this, wire, outbox), outbox);
        Clients = new VenueConnections(this, wire, outbox);
        snapshots = new BookSnapshots(this, instruments, this.rest, wire);
        player?.Join(this);
    }

    public Venue Venue { get; }

    /// <summary>What was done and which faults were fired.</summary>
    public LiveLedger Ledger { get; }

    /// <summary>Connections that are open, half-open ones included.</summary>
    public IReadOnlyList<SimulatedConnection> Connections => Clients.Open;

    /// <summary>True lets no further fault fire; what has begun goes on.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Until when the venue's clock is wrong, by the true one; long ago where it never was.</summary>
    public Timestamp ClockWrongUntil => Clock.WrongUntil;

    internal LiveOptions Options { get; }

    /// <summary>What is played instead of the model; null for the model.</summary>
    internal Player? Player { get; }

    internal long StartMicros { get; }

    internal long NowMicros { get; private set; }

    internal bool IsBybit => Venue is Venue.BybitSpot or Venue.BybitLinear;

    internal ShownClock Clock { get; }

    internal VenueFaults Faults { get; }

    internal VenueChannels Channels { get; }

    internal VenueConnections Clients { get; }

    /// <summary>Where frames are built, one at a time.</summary>
    internal FrameText Text { get; } = new();

    /// <summary>The next moment at which something happens; null while nothing ever would.</summary>
    public Timestamp? NextEvent => NextMicros is var next and not long.MaxValue ? new Timestamp(next) : null;

    private long NextMicros => Math.Min(Math.Min(instruments.NextMicros, Clients.NextMicros), Math.Min(outbox.NextMicros, Player?.NextMicros ?? long.MaxValue));

    /// <summary>Lets everything happen up to and including a moment.</summary>
    public void Advance(Timestamp now)
    {
        while (NextMicros is var next && next <= now.Micros && next != long.MaxValue)
        {
            NowMicros = Math.Max(NowMicros, next);
            if (outbox.NextMicros == next) outbox.SendDue();
            else if (Clients.NextMicros == next) Clients.RunTimer();
            else if (Player?.NextMicros == next) Player.Step();
            else RunNext(next);
        }

        NowMicros = Math.Max(NowMicros, now.Micros);
        instruments.Rest(NowMicros);
    }

    /// <summary>A client asks to connect.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="client">Attempts are counted per client.</param>
    /// <param name="now">The time.</param>
    public OpenReply Open(string path, string client, Timestamp now)
    {
        Advance(now);
        return Clients.Accept(path, client);
    }

    /// <summary>A text message of the client arrives.</summary>
    public void Receive(SimulatedConnection connection, ReadOnlySpan<byte> text, Timestamp now)
    {
        Advance(now);
        if (connection.IsOpen && !connection.IsHalfOpen) wire.OnText(connection, text);
    }

    /// <summary>A ping or pong frame of the client arrives.</summary>
    public void ReceiveControl(SimulatedConnection connection, bool isPong, ReadOnlySpan<byte> payload, Timestamp now)
    {
        Advance(now);
        if (!connection.IsOpen || connection.IsHalfOpen) return;
        wire.OnControl(connection, isPong, payload);
        if (connection.IsOpen && !isPong) outbox.Send(connection, VenueFrame.Pong, payload);
    }

    /// <summary>The client has gone.</summary>
    public void Closed(SimulatedConnection connection, Timestamp now)
    {
        Advance(now);
        Clients.Drop(connection, "the client closed it");
    }

    /// <summary>Answers a GET request as the venue's REST face does, book snapshots out of the live markets.</summary>
    public RestReply Get(string pathAndQuery, string client, Timestamp now)
    {
        var parts = pathAndQuery.Split('?', 2);
        var request = new SimRequest(parts[0], parts.Length > 1 ? parts[1] : "", now.UnixMilliseconds) { Client = client };
        var reply = TryAnswer(request, now) ?? rest.Answer(request);
        return new RestReply(reply.Status, reply.ContentType, reply.Headers, reply.Body);
    }

    /// <summary>What Binance and Bybit call a snapshot, at most <paramref name="limit"/> levels a side.</summary>
    public RestReply Snapshot(string symbol, int limit, Timestamp now) => Get(
        Venue switch
        {
            Venue.BinanceSpot => $"/api/v3/depth?symbol={symbol}&limit={limit}",
            Venue.BinanceUsdm => $"/fapi/v1/depth?symbol={symbol}&limit={limit}",
            _ => $"/v5/market/orderbook?category={(Venue == Venue.BybitSpot ? "spot" : "linear")}&symbol={symbol}&limit={limit}",
        },
        "local", now);

    /// <summary>The truth: the book after an update id, or null where it is no longer or not yet known.</summary>
    /// <param name="symbol">The venue's spelling.</param>
    /// <param name="updateId">At Binance <c>u</c>; at Bybit <c>u</c> of the stream of that depth.</param>
    /// <param name="depth">At Bybit the depth of the stream, 1000 for REST; ignored at Binance.</param>
    /// <param name="levels">Levels per side to give.</param>
    public ReferenceBook? Book(string symbol, long updateId, int depth = 1_000, int levels = 20)
    {
        if (!IsBybit) return BookAfter(symbol, updateId, levels);
        var change = Channels.Find($"orderbook.{depth}.{symbol}") is BybitBookChannel channel ? channel.ChangeOf(updateId) : null;
        return change is { } known ? BookAfter(symbol, known, Math.Min(levels, depth)) : null;
    }

    /// <summary>The truth after a change of a live symbol, as <see cref="UpdateIdOf"/> counts them; null where it is no longer or not yet known.</summary>
    public ReferenceBook? BookAfter(string symbol, long change, int levels = 20) =>
        MarketThatSaw(symbol, change) is { } market && market.Log.At(change) is { } book ? ReferenceBook.Of(book, market.Listing, levels) : null;

    /// <summary>When the book of one of these ceased to be the present one; null where it still is, and where that is no longer or not yet known.</summary>
    public Timestamp? SupersededAt(string symbol, long change) => MarketThatSaw(symbol, change)?.Log.MicrosAfter(change) is { } micros ? new Timestamp(micros) : null;

    /// <summary>The id of the latest change of a live symbol, or null where it is not live; at Bybit this is <c>seq</c>.</summary>
    public long? UpdateIdOf(string symbol) => instruments.Find(symbol)?.Market.UpdateId;

    OpenReply? ILiveFace.TryOpen(string path, string client, Timestamp now) => wire.Owns(path.Split('?', 2)[0]) ? Open(path, client, now) : null;

    Reply? ILiveFace.TryAnswer(SimRequest request, Timestamp now) => TryAnswer(request, now);

    /// <summary>The live instrument of a symbol, started when first asked for; null for unknown ones.</summary>
    internal LiveInstrument? InstrumentOf(string symbol) => instruments.FindOrStart(symbol);

    internal void Violate(SimulatedConnection connection, string what) => Note(VenueEvent.Violation, connection, "", detail: what);

    internal void Note(VenueEvent what, SimulatedConnection? connection, string stream, FaultKind? fault = null, long first = -1, long last = -1, string detail = "") =>
        Ledger.Add(new LiveEntry(new Timestamp(NowMicros), Venue, what, connection?.Id ?? 0, stream, fault, first, last, 0, detail));

    // What shows the venue's clock is asked at that clock.
    private Reply? TryAnswer(SimRequest request, Timestamp now)
    {
        Advance(now);
        if (Player is { } player)
        {
            var isTime = request.Path.EndsWith("/time", StringComparison.Ordinal);
            return isTime && player.TimeMs is { } ms ? rest.Answer(request with { NowMs = ms }) : player.Answer(request, wire.SnapshotOf(request));
        }

        if (wire.SnapshotOf(request) is { } symbol && InstrumentOf(symbol) is { } instrument) return snapshots.Answer(request, instrument);
        return Clock.Offset == 0 ? null : rest.Answer(Clock.Displayed(request));
    }

    private LiveMarket? MarketThatSaw(string symbol, long change) => instruments.Find(symbol)?.Market is { } market && change <= market.UpdateId ? market : null;

    private void RunNext(long micros)
    {
        var instrument = instruments.TakeNext();
        instrument.Run(micros);
        Channels.Sweep();
        instruments.Schedule(instrument);
    }
}
