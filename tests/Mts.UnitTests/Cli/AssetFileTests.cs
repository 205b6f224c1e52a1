using Mts.Cli.Configuration;

namespace Mts.UnitTests.Cli;

public sealed class AssetFileTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void The_shipped_file_holds_the_large_coins()
    {
        var catalog = AssetFile.Load(Path.Combine(AppContext.BaseDirectory, "config"));

        catalog.All.Count.ShouldBeGreaterThanOrEqualTo(25);
        catalog.Find("BTC").Asset.CoinGeckoId.ShouldBe("bitcoin");
        catalog.Find("AVAX").Asset.CoinGeckoId.ShouldBe("avalanche-2");
        catalog.Find("ETHUSDT").Asset.Id.ShouldBe("ethereum");
        catalog.All.ShouldAllBe(a => a.BinanceSymbol == null || a.BinanceSymbol == a.Ticker + "USDT");
        catalog.All.ShouldAllBe(a => a.BybitSymbol == null || a.BybitSymbol == a.Ticker + "USDT");
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        run.Write("assets.json", """
            [
              { "id": "a", "ticker": "A", "name": "A", "coingecko": "a", "binance": "!" },
              { "id": "b", "ticker": "B", "name": "B", "coingecko": "b", "colour": "red" },
              { "id": "c", "ticker": "C", "name": 3 },
              { "id": "d", "ticker": "D", "name": "D", "coingecko": "d" },
              { "id": "D", "ticker": "E", "name": "E", "coingecko": "e" },
              "f"
            ]
            """);

        var problems = Should.Throw<SettingsException>(() => AssetFile.Load(run.Folder)).Problems;

        problems.Count.ShouldBe(7);
        problems.ShouldContain(p => p.EndsWith("[0].binance: '!' is not a market.", StringComparison.Ordinal));
        problems.ShouldContain(p => p.Contains("colour is unknown", StringComparison.Ordinal));
        problems.ShouldContain(p => p.EndsWith(".name: a text belongs here.", StringComparison.Ordinal));
        problems.ShouldContain(p => p.EndsWith(".coingecko is missing.", StringComparison.Ordinal));
        problems.ShouldContain(p => p.EndsWith("'d' stands there 2 times.", StringComparison.Ordinal));
    }
}
