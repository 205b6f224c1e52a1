using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Storage.Realtime;

/// <summary>Rows of one market whose figures can be worked out by hand: bid 43000, ask 43010.</summary>
internal static class RealtimeSamples
{
    public static readonly Symbol Btc = new("BTC", "USDT");
    public static readonly Symbol BtcPerpetual = new("BTC", "USDT", "USDT");
    public static readonly NumberScale Scale = new(2, 3);

    public static Timestamp At(double seconds) => Timestamp.Parse("2024-01-02T03:04:05Z") + TimeSpan.FromSeconds(seconds);

    public static BookRow Book(double seconds, long id = 7, string venue = "binance", Symbol? symbol = null) => new(
        venue, symbol ?? Btc, At(seconds), At(seconds + 0.01), id, 1, Scale, [new(4_300_000, 1_500), new(4_299_950, 2_000)], [new(4_301_000, 500), new(4_301_010, 1)]);

    public static SpreadRow Spread(double seconds, string venue = "binance") =>
        new(venue, Btc, At(seconds), At(seconds + 0.01), Scale, new LevelChange(4_300_000, 1_500), new LevelChange(4_301_000, 500));

    public static FundingQuoteRow Funding(double seconds, double rate = 0.0001) =>
        new("bybit", BtcPerpetual, At(seconds), rate, Timestamp.Parse("2024-01-02T08:00:00Z"), 43_005.5, 43_004);

    public static FeedGap Gap(double seconds, Channel channel = Channel.Depth) => new("binance", Btc, channel, "sequence", 10, 14, At(seconds));

    public static DeadLetter Letter(double seconds, string text = "{\"e\":\"depthUpdate\",", Symbol? symbol = null) => new(
        "binance", MarketKind.Spot, symbol, symbol is null ? null : Channel.Depth, 2, 3, 41, At(seconds), "cut off", System.Text.Encoding.UTF8.GetBytes(text));

    public static StreamBarRow Minute(int minute, double close = 100) => new(
        new SeriesKey("binance", Btc, Interval.Minute), new Bar(Timestamp.Parse("2024-01-02T00:00:00Z") + TimeSpan.FromMinutes(minute), 99, 103, 98, close, 5), At(minute * 60));

    public static CrossSpreadRow Cross(double seconds, double? net = 4.5) => new("binance", Btc, "bybit", BtcPerpetual, At(seconds), 0.5, 43_010, 43_060, 11.625, net);

    public static AccountRow Account(string session, long received, Symbol? symbol = null) => new(
        session, "binance", MarketKind.Spot, symbol, symbol is null ? null : Channel.Depth, 0, At(received), received, [received, 0, 0, 0, 0, 0, 0, 0]);
}
