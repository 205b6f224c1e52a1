using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>Binance's perpetuals in real time, on two routes: books and quotes apart from the rest.</summary>
/// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams</remarks>
public sealed class BinanceUsdmStream : BinanceStream
{
    private const int PublicRoute = 0;
    private const int MarketRoute = 1;

    private readonly string depthSuffix;

    /// <exception cref="ConfigurationException">A setting is out of its range.</exception>
    public BinanceUsdmStream(BinanceStreamSettings settings)
        : base(settings)
    {
        settings.ThrowIfWrong("binance.usdm", 100, 250, 500);
        depthSuffix = settings.DepthSpeed.TotalMilliseconds switch { < 250 => "@depth@100ms", < 500 => "@depth", _ => "@depth@500ms" };
    }

    public override MarketKind Market => MarketKind.Perpetual;

    // The documents disagree on 200 or 1024 streams.
    public override FeedLimits Limits { get; } = new(200, 300, TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

    public override IReadOnlyList<Channel> Channels { get; } =
        [Channel.Depth, Channel.Quote, Channel.Trade, Channel.Bar, Channel.Mark, Channel.Liquidation];

    public override IBookSequencer Sequencer { get; } = new BinanceUsdmSequencer();

    /// <summary>On the wrong route the venue acknowledges and sends nothing.</summary>
    public override int RouteOf(Channel channel) => channel is Channel.Depth or Channel.Quote ? PublicRoute : MarketRoute;

    private protected override string PathOf(int route) => route == PublicRoute ? "/public/stream" : "/market/stream";

    private protected override string SuffixOf(Channel channel) => channel switch
    {
        Channel.Depth => depthSuffix,
        Channel.Quote => "@bookTicker",
        Channel.Trade => "@aggTrade",
        Channel.Bar => "@kline_1m",
        Channel.Mark => "@markPrice@1s",
        Channel.Liquidation => "@forceOrder",
        _ => throw NotStreamed(channel),
    };
}
