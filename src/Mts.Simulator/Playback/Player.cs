using System.Buffers.Text;
using Mts.Core.Market;
using Mts.Simulator.Binance;
using Mts.Simulator.Bybit;
using Mts.Simulator.Http;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Playback;

/// <summary>When a recording began to play; all its venues share it.</summary>
/// <param name="messages">In the order of their times.</param>
/// <param name="speed">Recorded time per real time; 0 for as fast as the readers take it.</param>
internal sealed class PlaybackClock(IReadOnlyList<RecordedMessage> messages, double speed)
{
    // Clients subscribe in several steps; all should hear the beginning.
    private const long SettleMicros = Timestamp.MicrosPerSecond;

    private readonly long firstMicros = messages.Where(m => !m.IsRest).Select(m => m.Micros).FirstOrDefault();
    private long subscribed = -1;

    public IReadOnlyList<RecordedMessage> Messages => messages;

    public double Speed => speed;

    /// <summary>The venues' time at which it begins; not yet while nobody has subscribed.</summary>
    public long BeginsMicros { get; private set; } = long.MaxValue;

    public void OnSubscribed(long nowMicros)
    {
        if (subscribed >= 0 && nowMicros >= BeginsMicros) return;
        subscribed = nowMicros;
        BeginsMicros = nowMicros + SettleMicros;
    }

    public long DueAt(long recordedMicros) => BeginsMicros == long.MaxValue ? long.MaxValue : BeginsMicros + (long)((Math.Max(recordedMicros, firstMicros) - firstMicros) / speed);
}

/// <summary>One venue's part of a recording, played to whoever subscribes.</summary>
internal sealed class Player
{
    private const int Burst = 256;

    private readonly PlaybackClock clock;
    private readonly Func<bool> isCongested;
    private readonly RecordedMessage[] messages;
    private readonly Dictionary<string, List<PlayedChannel>> bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlayedBook> books = new(StringComparer.Ordinal);
    private SimulatedVenue venue = null!;
    private int at;
    private int burst;
    private (long Ms, long Micros)? told;
    private long resumesMicros;

    public Player(Venue venue, PlaybackClock clock, Func<bool> isCongested)
    {
        (this.clock, this.isCongested) = (clock, isCongested);
        messages = [.. clock.Messages.Where(m => m.Venue == venue)];
        foreach (var message in messages.Where(m => !m.IsRest)) bySource.TryAdd(message.Stream, []);
    }

    public long NextMicros => at == messages.Length ? long.MaxValue : clock.Speed == 0 ? Math.Max(clock.BeginsMicros, resumesMicros) : clock.DueAt(messages[at].Micros);

    /// <summary>All has been played.</summary>
    public bool IsOver => at == messages.Length;

    public void Join(SimulatedVenue owner) => venue = owner;

    /// <summary>The channel of a stream that was recorded, also under another of its speeds; null for others.</summary>
    public PlayedChannel? ChannelOf(string name)
    {
        if (SourceOf(name) is not { } source) return null;
        clock.OnSubscribed(venue.NowMicros);
        var known = bySource[source].Find(c => c.Name == name);
        if (known is null) bySource[source].Add(known = new PlayedChannel(name, this) { Owner = venue });
        return known;
    }

    /// <summary>What the venue's clock showed, Unix milliseconds: the newest time inside what was played, and what has passed since; null before.</summary>
    public long? TimeMs => told is { } time ? time.Ms + (long)((venue.NowMicros - time.Micros) * clock.Speed / 1_000) : null;

    public void Step()
    {
        var message = messages[at++];
        if (!message.IsRest && EventMs(message.Payload) is { } ms) told = (ms, venue.NowMicros);
        if (message.Stream.Contains("depth", StringComparison.Ordinal) || message.Stream.StartsWith("orderbook.", StringComparison.Ordinal)) BookOf(message)?.Apply(message.Payload);
        if (!message.IsRest)
        {
            foreach (var channel in bySource[message.Stream]) channel.Play(message.Payload);
        }

        if (clock.Speed > 0 || ++burst < Burst) return;
        burst = 0;
        resumesMicros = venue.NowMicros + (isCongested() ? 2_000 : 100);
    }

    /// <summary>Books as far as they were played, else recorded answers; null for what the model may answer: names and times.</summary>
    public Reply? Answer(SimRequest request, string? snapshotOf)
    {
        if (snapshotOf is { } symbol) return Snapshot(request, symbol);
        // Bybit has two markets at one address; each answers for its own.
        if (request.Parameters["category"] is { } category && category != (venue.Venue == Venue.BybitSpot ? "spot" : "linear")) return null;
        var recorded = Array.Find(messages, m => m.IsRest && m.Stream.Split('?')[0] == request.Path && (request.Parameters["symbol"] is not { } wanted || m.Stream.Contains(wanted, StringComparison.Ordinal)));
        if (recorded is not null) return BinanceRefusal.Ok(recorded.Payload);
        return request.Path.EndsWith("/time", StringComparison.Ordinal) || request.Path.EndsWith("/ping", StringComparison.Ordinal) || request.Path.EndsWith("nfo", StringComparison.Ordinal) ? null
            : Reply.Text(404, "text/plain", "the recording that is played does not have this");
    }

    /// <summary>The book behind an order book stream of Bybit, if it has one by now.</summary>
    public PlayedBook? BookOf(string stream) => books.GetValueOrDefault(stream) is { Id: >= 0 } book ? book : null;

    private static long? EventMs(ReadOnlySpan<byte> payload)
    {
        var start = payload.IndexOf("\"E\":"u8) is >= 0 and var binance ? binance + 4 : payload.IndexOf("\"ts\":"u8) is >= 0 and var bybit ? bybit + 5 : -1;
        return start >= 0 && Utf8Parser.TryParse(payload[start..], out long ms, out _) ? ms : null;
    }

    private string? SourceOf(string name)
    {
        if (bySource.ContainsKey(name)) return name;
        var parts = name.Split('@');
        return parts.Length >= 2 && parts[1] is "depth" or "markPrice" ? bySource.Keys.FirstOrDefault(k => k.StartsWith($"{parts[0]}@{parts[1]}@", StringComparison.Ordinal) || k == $"{parts[0]}@{parts[1]}") : null;
    }

    // Binance has one book per symbol, Bybit one per depth.
    private PlayedBook? BookOf(RecordedMessage message)
    {
        string key;
        if (message.Stream.StartsWith("orderbook.", StringComparison.Ordinal)) key = message.Stream;
        else if (message.IsRest) key = new Parameters(message.Stream.Split('?')[^1])["symbol"] ?? "";
        else if (message.Stream.Split('@') is [var symbol, "depth", ..]) key = symbol.ToUpperInvariant();
        else return null;
        if (!books.TryGetValue(key, out var book)) books[key] = book = new PlayedBook();
        return book;
    }

    private Reply Snapshot(SimRequest request, string symbol)
    {
        var isBinance = request.Path.EndsWith("/depth", StringComparison.Ordinal);
        if (!isBinance) return Bybit(request, symbol);
        // Before the recorded snapshot was played it is still the right one: newer than all that was heard.
        if (books.GetValueOrDefault(symbol) is not { Id: >= 0 } book)
        {
            var first = Array.Find(messages, m => m.IsRest && m.Stream.Contains($"/depth?symbol={symbol}&", StringComparison.Ordinal));
            if (first is null) return Reply.Text(503, "text/plain", "the recording that is played does not have this");
            book = new PlayedBook();
            book.Apply(first.Payload);
        }

        var limit = int.TryParse(request.Parameters["limit"], out var asked) ? asked : 100;
        venue.Note(VenueEvent.Snapshot, null, symbol, first: book.Id, last: book.Id);
        return BinanceRefusal.Ok(book.ToBinance(limit, request.Path.StartsWith("/api", StringComparison.Ordinal)));
    }

    private Reply Bybit(SimRequest request, string symbol)
    {
        var name = books.Where(b => b.Value.Id >= 0 && b.Key.EndsWith($".{symbol}", StringComparison.Ordinal)).MaxBy(b => b.Key.Length).Key;
        if (name is null) return Reply.Text(503, "text/plain", "the recording that is played does not have this");
        var limit = int.TryParse(request.Parameters["limit"], out var asked) ? asked : 25;
        return BybitEnvelope.Ok(request.NowMs, w =>
        {
            books[name].WriteBybit(w, symbol, limit);
            w.WriteNumber("ts", books[name].TimeMs);
            w.WriteNumber("cts", books[name].TimeMs);
        });
    }
}
