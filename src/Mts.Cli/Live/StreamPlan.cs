using System.Text.Json;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>What a session follows and how: enough to build the same feeds again from its journal.</summary>
internal sealed record StreamPlan
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public required int Seed { get; init; }

    public required IReadOnlyList<FeedPlan> Feeds { get; init; }

    public required FeedOptions Options { get; init; }

    /// <summary>How far earlier sessions have followed these streams.</summary>
    public IReadOnlyList<PositionEntry> Resumed { get; init; } = [];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, json);

    /// <exception cref="StorageException">The bytes are no plan.</exception>
    public static StreamPlan Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<StreamPlan>(bytes, json) ?? throw new StorageException("the journal's first record says nothing about its session.");
        }
        catch (JsonException broken)
        {
            throw new StorageException($"the journal's first record is not the plan of a session: {broken.Message}", broken);
        }
    }

    /// <summary>The feed of one entry.</summary>
    public VenueFeed Feed(int number, IFeedShell shell, IMarketTap tap) => new(
        ProtocolOf(number), SymbolsOf(number), [.. Feeds[number].Channels.Select(c => Enum.Parse<Channel>(c, ignoreCase: true))], Options, shell, tap, new Random(Seed + number),
        resumed: [.. Resumed.Select(p => p.ToPosition())]);

    /// <summary>Takes up what is in a journal of this session from any place on, to see how far the streams have come.</summary>
    public PositionTail Tail(IReadOnlyList<StreamPosition> noted) => new(
        [.. Enumerable.Range(0, Feeds.Count).Select(i => new VenueFeed(ProtocolOf(i), SymbolsOf(i), [], Options with { AuditEvery = TimeSpan.Zero }, SilentShell.Instance, Unheard, new Random(0), isOpen: true, noted))],
        noted);

    private static readonly IMarketTap Unheard = new MarketTaps([]);

    private IVenueProtocol ProtocolOf(int number) => VenueProtocols.Of(Feeds[number].Venue, VenueProtocols.Market(Feeds[number].Market), Feeds[number].Depth);

    private IReadOnlyList<Symbol> SymbolsOf(int number) => [.. Feeds[number].Symbols.Select(Symbol.Parse)];
}

/// <param name="Venue">Lower case.</param>
/// <param name="Market"><c>spot</c> or <c>perp</c>.</param>
/// <param name="Symbols">The most important first.</param>
/// <param name="Channels">Lower case.</param>
/// <param name="Depth">Levels a side of the book stream, where the venue offers several.</param>
internal sealed record FeedPlan(string Venue, string Market, IReadOnlyList<string> Symbols, IReadOnlyList<string> Channels, int Depth);
