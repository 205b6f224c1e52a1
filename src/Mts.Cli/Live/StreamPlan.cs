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
        VenueProtocols.Of(Feeds[number].Venue, VenueProtocols.Market(Feeds[number].Market), Feeds[number].Depth), [.. Feeds[number].Symbols.Select(Symbol.Parse)],
        [.. Feeds[number].Channels.Select(c => Enum.Parse<Channel>(c, ignoreCase: true))], Options, shell, tap, new Random(Seed + number));
}

/// <param name="Venue">Lower case.</param>
/// <param name="Market"><c>spot</c> or <c>perp</c>.</param>
/// <param name="Symbols">The most important first.</param>
/// <param name="Channels">Lower case.</param>
/// <param name="Depth">Levels a side of the book stream, where the venue offers several.</param>
internal sealed record FeedPlan(string Venue, string Market, IReadOnlyList<string> Symbols, IReadOnlyList<string> Channels, int Depth);
