using System.Globalization;
using Mts.Core.Feeds;

namespace Mts.Cli.Live;

/// <summary>A <see cref="StreamPosition"/> as JSON.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market in its usual spelling.</param>
/// <param name="Channel">Lower case.</param>
/// <param name="At">ISO 8601.</param>
/// <param name="LastId">See <see cref="StreamPosition.LastId"/>.</param>
/// <param name="Time">ISO 8601.</param>
/// <param name="Ids">As decimal numbers.</param>
/// <param name="Connection">See <see cref="StreamPosition.Connection"/>.</param>
internal sealed record PositionEntry(string Venue, string Symbol, string Channel, string At, long? LastId, string? Time, IReadOnlyList<string> Ids, int Connection)
{
    public static PositionEntry Of(StreamPosition position) => new(
        position.Venue, position.Symbol.ToString(), position.Channel.ToString().ToLowerInvariant(), position.At.ToString(), position.LastId, position.Time?.ToString(),
        [.. position.Ids.Select(i => i.ToString(CultureInfo.InvariantCulture))], position.Connection);

    /// <exception cref="StorageException">It is not what <see cref="Of"/> has made.</exception>
    public StreamPosition ToPosition()
    {
        if (!Core.Market.Symbol.TryParse(Symbol, out var symbol) || !Enum.TryParse<Channel>(Channel, ignoreCase: true, out var channel) || !Timestamp.TryParse(At, out var at))
            throw new StorageException($"'{Venue} {Symbol} {Channel} {At}' is not the position of a stream.");
        return new StreamPosition(Venue, symbol, channel, at)
        {
            LastId = LastId, Time = Timestamp.TryParse(Time, out var time) ? time : null,
            Ids = [.. Ids.Select(i => UInt128.Parse(i, CultureInfo.InvariantCulture))], Connection = Connection,
        };
    }
}
