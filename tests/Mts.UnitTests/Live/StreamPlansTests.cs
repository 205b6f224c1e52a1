using Mts.Cli.Live;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Live;

public sealed class StreamPlansTests
{
    private static readonly AssetCatalog Assets = new([new Asset("bitcoin", "BTC", "Bitcoin", "bitcoin", "BTCUSDT", "BTCUSDT")]);

    [Theory]
    [InlineData("bitcoin", "BTC/USDT", "BTC/USDT:USDT")]
    [InlineData("BTC/USDC", "BTC/USDC", "BTC/USDC:USDC")]
    [InlineData("BTC/USDT:USDT", null, "BTC/USDT:USDT")]
    [InlineData("NKN/USDT", "NKN/USDT", "NKN/USDT:USDT")]
    [InlineData("NKN/USDT:USDT", null, "NKN/USDT:USDT")]
    public void A_name_becomes_the_markets_that_are_asked_for(string name, string? spot, string perpetual)
    {
        var feeds = PlanOf(name).Feeds;
        feeds.SingleOrDefault(f => f.Market == "spot")?.Symbols.ShouldBe([spot!]);
        feeds.Single(f => f.Market == "perp").Symbols.ShouldBe([perpetual]);
        feeds.Count.ShouldBe(spot is null ? 1 : 2);
    }

    [Fact]
    public void What_is_no_market_is_refused_by_the_name_of_its_setting() =>
        Should.Throw<ConfigurationException>(() => PlanOf("NKN")).Message.ShouldStartWith("realtime.symbols: unknown asset 'NKN'");

    private static StreamPlan PlanOf(string name) =>
        StreamPlans.Of(Assets, ["binance"], [MarketKind.Spot, MarketKind.Perpetual], [name], "realtime.symbols", [Channel.Depth], 50, new FeedOptions(), 1);
}
