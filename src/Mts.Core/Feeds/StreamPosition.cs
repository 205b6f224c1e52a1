using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>How far a stream has been followed: whoever follows it again knows from this what came in between.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Channel">The channel.</param>
/// <param name="At">Until then it was followed: when its connection last brought something.</param>
public sealed record StreamPosition(string Venue, Symbol Symbol, Channel Channel, Timestamp At)
{
    /// <summary>Which stream it is.</summary>
    public (string Venue, Symbol Symbol, Channel Channel) Key => (Venue, Symbol, Channel);

    /// <summary>The last update id, quote id, counted trade, or open time of a closed bar in Unix milliseconds; null where there is none.</summary>
    public long? LastId { get; init; }

    /// <summary>Time of the newest trade; null before the first one, and of other channels.</summary>
    public Timestamp? Time { get; init; }

    /// <summary>Trades made at <see cref="Time"/>, where the venue does not count them.</summary>
    public IReadOnlyList<UInt128> Ids { get; init; } = [];

    /// <summary>The connection that carries it, by its number in its feed; 0 for none.</summary>
    public int Connection { get; init; }
}
