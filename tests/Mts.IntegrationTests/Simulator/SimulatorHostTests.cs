using System.Net;
using System.Text.Json;
using Mts.Core;
using Mts.Simulator;

namespace Mts.IntegrationTests.Simulator;

public sealed class SimulatorHostTests
{
    private static readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_answers_at_its_own_address()
    {
        await using var sim = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken);
        using var http = new HttpClient();
        foreach (var (address, path) in new[]
        {
            (sim.BinanceSpot, "/api/v3/time"), (sim.BinanceSpot, "/api/v3/exchangeInfo"), (sim.BinanceSpot, "/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1000"),
            (sim.BinanceSpot, "/api/v3/ticker/24hr"), (sim.BinanceSpot, "/api/v3/depth?symbol=ETHUSDT&limit=100"), (sim.BinanceSpot, "/api/v3/aggTrades?symbol=ETHUSDT"),
            (sim.BinanceUsdm, "/fapi/v1/exchangeInfo"), (sim.BinanceUsdm, "/fapi/v1/fundingRate?symbol=BTCUSDT&limit=1000"), (sim.BinanceUsdm, "/fapi/v1/premiumIndex"),
            (sim.Bybit, "/v5/market/time"), (sim.Bybit, "/v5/market/kline?category=spot&symbol=BTCUSDT&interval=D"), (sim.Bybit, "/v5/market/tickers?category=linear"),
            (sim.CoinGecko, "/api/v3/ping"), (sim.CoinGecko, "/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=30"), (sim.CoinGecko, "/api/v3/coins/markets?vs_currency=usd"),
            (sim.CoinGecko, "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=365"), (sim.CoinGecko, "/api/v3/simple/price?ids=bitcoin,shiba-inu&vs_currencies=usd,eur"),
            (sim.Fred, $"/fred/series/observations?series_id=VIXCLS&file_type=json&api_key={SimulatorOptions.DefaultFredKey}"),
            (sim.Fred, $"/fred/series?series_id=CPIAUCSL&file_type=json&api_key={SimulatorOptions.DefaultFredKey}"),
        })
        {
            using var response = await http.GetAsync(new Uri(address, path), cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {body}");
            using var document = JsonDocument.Parse(body);
        }

        using var ledger = JsonDocument.Parse(await http.GetStringAsync(new Uri(sim.Fred, "/_sim/ledger"), cancellationToken));
        ledger.RootElement.GetProperty("requests").GetInt32().ShouldBe(19);
        sim.Ledger.Requests.ShouldBe(19);
        sim.Ledger.Entries.ShouldAllBe(e => !e.Path.Contains(SimulatorOptions.DefaultFredKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken);
        var failure = await Should.ThrowAsync<ConfigurationException>(() => SimulatorHost.StartAsync(new SimulatorOptions { Port = first.BinanceSpot.Port }, cancellationToken));
        failure.Message.ShouldContain($"ports {first.BinanceSpot.Port} to");
        await Should.ThrowAsync<ConfigurationException>(() => SimulatorHost.StartAsync(new SimulatorOptions { Port = 70_000 }, cancellationToken));
    }
}
