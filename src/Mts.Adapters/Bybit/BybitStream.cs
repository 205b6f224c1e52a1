using System.Globalization;
using Mts.Adapters.Venues;
using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's v5 public streams of spot pairs or linear perpetuals.</summary>
/// <remarks>https://bybit-exchange.github.io/docs/v5/ws/connect</remarks>
public sealed class BybitStream : IVenueProtocol
{
    // The names of one connection's topics may have 21,000 characters; no topic has more than sixty.
    private const int MostStreams = 350;
    private const int MostPerSpotRequest = 10;
    private const int MostPerLinearRequest = 100;
    private const int MostCharacters = 6_000;

    private readonly BybitStreamSettings settings;
    private readonly SubscriptionRules rules;
    private FrameBuffers? spare;

    /// <exception cref="ConfigurationException">A setting is out of its range.</exception>
    public BybitStream(MarketKind market, BybitStreamSettings settings)
    {
        settings.ThrowIfWrong(market == MarketKind.Spot ? "bybit.spot" : "bybit.linear");
        (Market, this.settings) = (market, settings);
        var most = market == MarketKind.Spot ? MostPerSpotRequest : MostPerLinearRequest;
        rules = new SubscriptionRules(settings.MessageSpacing, most, MostCharacters, settings.AnswerWithin);
        Sequencer = new BybitSequencer(settings.IsStrict);
        Channels =
        [
            Channel.Depth, .. settings.BookDepth == 1 ? Array.Empty<Channel>() : [Channel.Quote], Channel.Trade, Channel.Bar,
            .. market == MarketKind.Spot ? Array.Empty<Channel>() : [Channel.Mark, Channel.Liquidation],
        ];
    }

    public string Venue => "bybit";

    public MarketKind Market { get; }

    public FeedLimits Limits { get; } = new(MostStreams, 500, TimeSpan.FromMinutes(5), ConnectionLife: null);

    public IReadOnlyList<Channel> Channels { get; }

    public IBookSequencer Sequencer { get; }

    public int? BookLevels => settings.BookDepth;

    /// <summary>Perpetuals give trades UUIDs.</summary>
    public bool CountsTrades => false;

    /// <summary>Books of different depths are numbered apart; a quote carries the number that all of them share.</summary>
    public bool QuotesShareBookIds => false;

    public int RouteOf(Channel channel) => 0;

    public IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments)
    {
        var path = Market == MarketKind.Spot ? "/v5/public/spot" : "/v5/public/linear";
        return new BybitProtocol(path, Market, settings, rules, TopicOf, streams, instruments);

        string TopicOf(StreamRef stream) => $"{PrefixOf(stream.Channel)}.{BybitNames.SymbolOf(instruments[stream.Instrument])}";
    }

    public FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink)
    {
        var buffers = Interlocked.Exchange(ref spare, null) ?? new FrameBuffers();
        var verdict = new BybitBodies(buffers).Read(kind, body, instrument, BybitNames.SymbolOf(instruments[instrument]), received, sink);
        spare = buffers;
        return verdict;
    }

    public Timestamp ReadTime(ReadOnlySpan<byte> body) => BybitParser.ParseTime(body);

    /// <summary>Levels a side of the first book topic named in a text, so that a recording can be read at the depth at which it was made.</summary>
    /// <returns>Null where it names none.</returns>
    public static int? DepthIn(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("orderbook."u8);
        if (at < 0) return null;
        var digits = text[(at + "orderbook.".Length)..];
        return System.Buffers.Text.Utf8Parser.TryParse(digits, out int depth, out var length) && length < digits.Length && digits[length] == '.' ? depth : null;
    }

    private string PrefixOf(Channel channel) => channel switch
    {
        Channel.Depth => "orderbook." + settings.BookDepth.ToString(CultureInfo.InvariantCulture),
        Channel.Quote when settings.BookDepth > 1 => "orderbook.1",
        Channel.Trade => "publicTrade",
        Channel.Bar => "kline.1",
        Channel.Mark when Market == MarketKind.Perpetual => "tickers",
        Channel.Liquidation when Market == MarketKind.Perpetual => "allLiquidation",
        _ => throw new ArgumentException($"{Venue} {Market} has no stream of {channel}", nameof(channel)),
    };
}
