using Mts.Adapters.Venues;
using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>What both markets of Binance have in common.</summary>
public abstract class BinanceStream : IVenueProtocol
{
    // Some hundred names make a message of some kilobytes; servers have cut longer ones.
    private const int MostPerRequest = 100;
    private const int MostCharacters = 3_500;

    private readonly SubscriptionRules rules;
    private FrameBuffers? spare;

    private protected BinanceStream(BinanceStreamSettings settings) =>
        rules = new SubscriptionRules(settings.MessageSpacing, MostPerRequest, MostCharacters, settings.AnswerWithin);

    public string Venue => "binance";

    public abstract MarketKind Market { get; }

    public abstract FeedLimits Limits { get; }

    public abstract IReadOnlyList<Channel> Channels { get; }

    public abstract IBookSequencer Sequencer { get; }

    /// <summary>All levels that change are streamed.</summary>
    public int? BookLevels => null;

    /// <summary>The ids of aggregate trades rise by one.</summary>
    public bool CountsTrades => true;

    /// <summary>A best quote carries the id of the book update it was taken at.</summary>
    public bool QuotesShareBookIds => true;

    public abstract int RouteOf(Channel channel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The streams belong to different routes.</exception>
    public IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments)
    {
        var route = streams.Count == 0 ? 0 : RouteOf(streams[0].Channel);
        if (streams.Any(s => RouteOf(s.Channel) != route)) throw new ArgumentException("streams of different routes cannot share a connection", nameof(streams));
        return new BinanceProtocol(PathOf(route), Market, rules, NameOf, streams, instruments);

        string NameOf(StreamRef stream) => instruments[stream.Instrument].Compact.ToLowerInvariant() + SuffixOf(stream.Channel);
    }

    /// <inheritdoc/>
    public FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink)
    {
        var buffers = Interlocked.Exchange(ref spare, null) ?? new FrameBuffers();
        var verdict = new BinanceBodies(buffers).Read(kind, body, instrument, received, sink);
        spare = buffers;
        return verdict;
    }

    /// <inheritdoc/>
    public Timestamp ReadTime(ReadOnlySpan<byte> body) => BinanceParser.ParseTime(body);

    private protected abstract string PathOf(int route);

    private protected abstract string SuffixOf(Channel channel);

    private protected ArgumentException NotStreamed(Channel channel) => new($"{Venue} {Market} has no stream of {channel}", nameof(channel));
}
