using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>Binance's spot market in real time.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams</remarks>
public sealed class BinanceSpotStream : BinanceStream
{
    private readonly string depthSuffix;

    /// <exception cref="ConfigurationException">A setting is out of its range.</exception>
    public BinanceSpotStream(BinanceStreamSettings settings)
        : base(settings)
    {
        settings.ThrowIfWrong("binance.spot", 100, 1_000);
        depthSuffix = settings.DepthSpeed.TotalMilliseconds < 1_000 ? "@depth@100ms" : "@depth";
    }

    public override MarketKind Market => MarketKind.Spot;

    public override FeedLimits Limits { get; } = new(1_000, 300, TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

    public override IReadOnlyList<Channel> Channels { get; } = [Channel.Depth, Channel.Quote, Channel.Trade, Channel.Bar];

    public override IBookSequencer Sequencer { get; } = new BinanceSpotSequencer();

    public override int RouteOf(Channel channel) => 0;

    private protected override string PathOf(int route) => "/stream";

    private protected override string SuffixOf(Channel channel) => channel switch
    {
        Channel.Depth => depthSuffix,
        Channel.Quote => "@bookTicker",
        Channel.Trade => "@aggTrade",
        Channel.Bar => "@kline_1m",
        _ => throw NotStreamed(channel),
    };
}
