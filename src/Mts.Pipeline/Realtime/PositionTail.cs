using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>Brings positions up to the end of a journal that goes on behind the moment at which they were noted.</summary>
public sealed class PositionTail
{
    private readonly IReadOnlyList<VenueFeed> feeds;
    private readonly IReadOnlyList<StreamPosition> noted;
    private readonly Dictionary<(int Feed, int Connection), Timestamp> spoke = [];

    /// <param name="feeds">For each feed of the session in its order one of recordings, with its markets, which goes on behind <paramref name="noted"/>.</param>
    /// <param name="noted">Positions as they were noted.</param>
    public PositionTail(IReadOnlyList<VenueFeed> feeds, IReadOnlyList<StreamPosition> noted) => (this.feeds, this.noted) = (feeds, noted);

    /// <param name="input">Behind the moment at which the positions were noted; of the same session.</param>
    /// <param name="bytes">Its bytes.</param>
    public void Take(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        if (input.Feed >= feeds.Count) return;
        var feed = feeds[input.Feed];
        if (input.Kind == FeedInputKind.Frame)
        {
            if (spoke.TryAdd((input.Feed, input.Number), input.Time)) feed.OnRecordedConnection(input.Number, 1, input.Time);
            spoke[(input.Feed, input.Number)] = input.Time;
            feed.OnInput(input, bytes);
        }
        else if (input.Kind == FeedInputKind.Fetched && FetchRequest.OfTag(input.Value) is ({ } kind and (FetchKind.Trades or FetchKind.Bars), { } market) && market < feed.Markets.Count)
        {
            feed.OnRecorded(kind, market, bytes, input.Time);
        }
    }

    /// <summary>All positions as they are now; the connections behind them are over.</summary>
    public IReadOnlyList<StreamPosition> Positions()
    {
        var known = noted.ToDictionary(static p => p.Key, static p => p with { Connection = 0 });
        for (var i = 0; i < feeds.Count; i++)
        {
            var feed = feeds[i];
            foreach (var old in noted.Where(feed.Follows))
            {
                if (feed.Markets.FirstOrDefault(m => m.Symbol == old.Symbol) is not { } market) continue;
                // Its connection has lived on, though the stream was quiet.
                var at = old.Connection > 0 && spoke.TryGetValue((i, old.Connection), out var last) && last > old.At ? last : old.At;
                known[old.Key] = feed.PositionOf(new StreamRef(market.Number, old.Channel), at);
            }

            foreach (var (stream, at) in feed.Heard.OrderBy(h => h.At))
            {
                var heard = feed.PositionOf(stream, at);
                known[heard.Key] = heard;
            }
        }

        return [.. known.Values];
    }
}
