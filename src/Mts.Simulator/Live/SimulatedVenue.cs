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
public sealed partial class SimulatedVenue : ILiveFace
{
    private readonly Exchange exchange;
    private readonly IService rest;
    private readonly IVenueSink sink;
    private readonly IWire wire;
    private readonly ulong seed;
    private readonly Dictionary<string, Instrument> instruments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Channel> channels = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Instrument, (long Micros, int Index)> agenda = new();
    private readonly PriorityQueue<SimulatedConnection, (long Micros, int Id)> timers = new();
    private readonly List<SimulatedConnection> connections = [];
    private readonly Dictionary<string, Queue<long>> attempts = new(StringComparer.Ordinal);
    private readonly List<Channel> idle = [];
    private int opened;

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
        Player = player;
        player?.Join(this);
        options.Live.Validate();
        (Venue, Options, this.sink, this.exchange) = (venue, options.Live, sink, exchange);
        (StartMicros, NowMicros) = (start.Micros, start.Micros);
        seed = Noise.Key(options.Seed, $"venue {venue}");
        Ledger = ledger ?? new LiveLedger();
        this.rest = rest ?? venue switch
        {
            Venue.BinanceSpot => new SpotService(exchange, options.Limits),
            Venue.BinanceUsdm => new UsdmService(exchange, options.Limits),
            _ => new BybitService(exchange, options.Limits),
        };
        wire = venue is Venue.BinanceSpot or Venue.BinanceUsdm ? new BinanceWire(this) : new BybitWire(this);
        faults = options.Faults.Live(wire.Service);
    }

    public Venue Venue { get; }

    /// <summary>What was done and which faults were fired.</summary>
    public LiveLedger Ledger { get; }

    /// <summary>Connections that are open, half-open ones included.</summary>
    public IReadOnlyList<SimulatedConnection> Connections => connections;

    /// <summary>True lets no further fault fire; what has begun goes on.</summary>
    public bool IsCalm { get; set; }

    internal LiveOptions Options { get; }

    /// <summary>What is played instead of the model; null for the model.</summary>
    internal Player? Player { get; }

    internal long StartMicros { get; }

    internal long NowMicros { get; private set; }

    /// <summary>The next moment at which something happens; null while nothing ever would.</summary>
    public Timestamp? NextEvent
    {
        get
        {
            var next = long.MaxValue;
            if (agenda.TryPeek(out _, out var due)) next = due.Micros;
            if (timers.TryPeek(out _, out var timer)) next = Math.Min(next, timer.Micros);
            if (pending.TryPeek(out _, out var late)) next = Math.Min(next, late.Micros);
            if (Player is { } player) next = Math.Min(next, player.NextMicros);
            return next == long.MaxValue ? null : new Timestamp(next);
        }
    }

    /// <summary>Lets everything happen up to and including a moment.</summary>
    public void Advance(Timestamp now)
    {
        while (true)
        {
            var due = agenda.TryPeek(out var instrument, out var atTrade) ? atTrade.Micros : long.MaxValue;
            var timer = timers.TryPeek(out var connection, out var atTimer) ? atTimer.Micros : long.MaxValue;
            var late = pending.TryPeek(out _, out var atLate) ? atLate.Micros : long.MaxValue;
            var played = Player?.NextMicros ?? long.MaxValue;
            var next = Math.Min(Math.Min(played, due), Math.Min(timer, late));
            if (next > now.Micros || next == long.MaxValue) break;
            NowMicros = Math.Max(NowMicros, next);
            if (late == next) SendPending();
            else if (timer == next) RunTimer(connection!, next);
            else if (played == next) Player!.Step();
            else Run(instrument!, next);
        }

        NowMicros = Math.Max(NowMicros, now.Micros);
        foreach (var instrument in instruments.Values) instrument.Market.Rest(NowMicros);
    }

    /// <summary>A client asks to connect.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="client">Attempts are counted per client.</param>
    /// <param name="now">The time.</param>
    public OpenReply Open(string path, string client, Timestamp now)
    {
        Advance(now);
        if (TooMany(client) is { } refusal) return Refuse(path, client, refusal, "too many connection attempts");
        var fault = Draw(FaultScope.Upgrade, null, path, Noise.Key(seed, $"open {opened}"));
        if (fault is { Kind: not FaultKind.AcceptAndClose } broken) return Refuse(path, client, Broken(broken.Kind), $"fault {broken.Kind}", broken.Kind);
        var connection = new SimulatedConnection(++opened, path, client, NowMicros);
        if (!wire.Open(connection)) return Refuse(path, client, Reply.Text(404, "text/html", "<html><body><h2>404 Not found</h2></body></html>"), "no such address");
        connections.Add(connection);
        Note(VenueEvent.Opened, connection, "", detail: path);
        if (!IsBybit) connection.EndsMicros = NowMicros + (Options.ConnectionLife.Ticks / 10);
        Schedule(connection);
        if (fault is { } close)
        {
            Note(VenueEvent.Fault, connection, "", close.Kind);
            Close(connection, 1001, "");
        }

        return new OpenReply(connection, 101, "", "", []);
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
        if (connection.IsOpen && !isPong) Transmit(connection, VenueFrame.Pong, payload);
    }

    /// <summary>The client has gone.</summary>
    public void Closed(SimulatedConnection connection, Timestamp now)
    {
        Advance(now);
        Drop(connection, "the client closed it");
    }

    /// <summary>Answers a GET request as the venue's REST face does, book snapshots out of the live markets.</summary>
    public RestReply Get(string pathAndQuery, string client, Timestamp now)
    {
        var parts = pathAndQuery.Split('?', 2);
        var reply = Answer(new SimRequest(parts[0], parts.Length > 1 ? parts[1] : "", now.UnixMilliseconds) { Client = client }, now);
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

    OpenReply? ILiveFace.TryOpen(string path, string client, Timestamp now) => wire.Owns(path.Split('?', 2)[0]) ? Open(path, client, now) : null;

    Reply? ILiveFace.TryAnswer(SimRequest request, Timestamp now) => TryAnswer(request, now);

    private Reply Answer(SimRequest request, Timestamp now) => TryAnswer(request, now) ?? rest.Answer(request);

    // What shows the venue's clock is asked at that clock.
    private Reply? TryAnswer(SimRequest request, Timestamp now)
    {
        Advance(now);
        if (Player is { } player)
        {
            var isTime = request.Path.EndsWith("/time", StringComparison.Ordinal);
            return isTime && player.TimeMs is { } ms ? rest.Answer(request with { NowMs = ms }) : player.Answer(request, wire.SnapshotOf(request));
        }

        if (wire.SnapshotOf(request) is { } symbol && InstrumentOf(symbol) is { } instrument) return AnswerSnapshot(request, instrument);
        return ClockOffset == 0 ? null : rest.Answer(Displayed(request));
    }

    /// <summary>The moment as the venue's clock shows it, Unix milliseconds.</summary>
    internal long Display(long micros) => (micros + ClockOffset) / 1_000;

    /// <summary>The live instrument of a symbol, started when first asked for; null for unknown ones.</summary>
    internal Instrument? InstrumentOf(string symbol)
    {
        if (instruments.TryGetValue(symbol, out var known)) return known;
        if (Options.Symbols is { } only && !only.Contains(symbol)) return null;
        if (exchange.Find(Venue, symbol) is not { } market || market.Listing.ListedMs > NowMicros / 1_000) return null;
        var instrument = new Instrument(market.Open(Options, seed, NowMicros), market.Listing.Index);
        instruments.Add(symbol, instrument);
        agenda.Enqueue(instrument, (instrument.NextMicros, instrument.Index));
        return instrument;
    }

    private void Run(Instrument instrument, long micros)
    {
        agenda.Dequeue();
        instrument.Run(micros);
        Sweep();
        agenda.Enqueue(instrument, (instrument.NextMicros, instrument.Index));
    }

    private void RunTimer(SimulatedConnection connection, long micros)
    {
        timers.Dequeue();
        if (!connection.IsOpen || connection.Scheduled != micros) return;
        connection.Scheduled = long.MaxValue;
        if (connection.IsHalfOpen) return;
        wire.OnTimer(connection);
        if (connection.IsOpen) Schedule(connection);
    }

    /// <summary>Puts a connection's timer where the venue's rules want it.</summary>
    internal void Schedule(SimulatedConnection connection)
    {
        var next = Math.Max(NowMicros, wire.NextTimer(connection));
        if (next == connection.Scheduled || wire.NextTimer(connection) == long.MaxValue) return;
        connection.Scheduled = next;
        timers.Enqueue(connection, (next, connection.Id));
    }

    private OpenReply Refuse(string path, string client, Reply reply, string why, FaultKind? fault = null)
    {
        Ledger.Add(new LiveEntry(new Timestamp(NowMicros), Venue, fault is null ? VenueEvent.Refused : VenueEvent.Fault, 0, "", fault, -1, -1, 0, $"{client} {path}: {why}"));
        opened++;
        return new OpenReply(null, reply.Status, reply.ContentType, System.Text.Encoding.UTF8.GetString(reply.Body), reply.Headers);
    }

    private Reply? TooMany(string client)
    {
        if (!Options.EnforceLimits) return null;
        if (!attempts.TryGetValue(client, out var recent)) attempts[client] = recent = [];
        while (recent.TryPeek(out var oldest) && oldest <= NowMicros - (300 * Timestamp.MicrosPerSecond)) recent.Dequeue();
        recent.Enqueue(NowMicros);
        if (recent.Count <= wire.Attempts) return null;
        Ledger.Add(new LiveEntry(new Timestamp(NowMicros), Venue, VenueEvent.Violation, 0, "", null, -1, -1, 0, $"{client}: {recent.Count} connection attempts in five minutes, {wire.Attempts} are allowed"));
        return wire.TooManyAttempts();
    }
}

/// <summary>The answer to a request to connect.</summary>
/// <param name="Connection">Null where it was refused.</param>
/// <param name="Status">HTTP status, 101 for success; 0 for a reset.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Of a refusal.</param>
/// <param name="Headers">Of a refusal.</param>
public sealed record OpenReply(SimulatedConnection? Connection, int Status, string ContentType, string Body, IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>The answer to a REST request.</summary>
public sealed record RestReply(int Status, string ContentType, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);
