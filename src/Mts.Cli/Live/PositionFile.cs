using System.Text.Json;
using Mts.Core.Feeds;
using Mts.Storage.Files;

namespace Mts.Cli.Live;

/// <summary>How far each stream of a data folder has been followed, as it is kept in <c>journal/positions.json</c>.</summary>
internal sealed record PositionFile
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Inputs in the raw journal that it knows of; what stands behind them came later.</summary>
    public long Journalled { get; init; }

    /// <summary>What the session follows that noted it; null where there was none.</summary>
    public StreamPlan? Plan { get; init; }

    public IReadOnlyList<PositionEntry> Streams { get; init; } = [];

    public static string PathOf(string dataDir) => Path.Combine(dataDir, "journal", "positions.json");

    /// <returns>Null where there is none.</returns>
    /// <exception cref="StorageException">It cannot be read, or is not what was written.</exception>
    public static PositionFile? Read(string dataDir)
    {
        var path = PathOf(dataDir);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<PositionFile>(File.ReadAllBytes(path), json) : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    public IReadOnlyList<StreamPosition> Positions() => [.. Streams.Select(s => s.ToPosition())];

    /// <exception cref="IOException">The disk does not take it; the old one stands.</exception>
    public void Write(string dataDir) => Durable.Write(PathOf(dataDir), file => JsonSerializer.Serialize(file, this, json));
}
