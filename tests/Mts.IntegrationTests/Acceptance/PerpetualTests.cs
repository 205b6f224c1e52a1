using System.Text.Json;
using Mts.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Acceptance;

public sealed class PerpetualTests
{
    [Theory]
    [InlineData("BTC/USDT:USDT", "1d")]
    [InlineData("BTC/USDT:USDT ETH/USDT:USDT BTC/USDT", "1d")]
    [InlineData("BTC/USDT:USDT", "1h")]
    public async Task Buying_and_holding_is_its_own_benchmark_with_funding_as_well(string symbols, string interval)
    {
        var options = new SimulatorOptions { Limits = RateLimits.None, Clock = ShiftedClock.Midweek() };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var desk = new Desk { Clock = ShiftedClock.Midweek() };
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;
        await desk.JsonAsync($"collect --start 2025-12-01 --end 2026-03-09 --symbols {symbols} --interval {interval}");
        await desk.JsonAsync("collect-funding --start 2025-11-01 --symbols BTC ETH");

        var metrics = (await desk.JsonAsync($"backtest --symbols {symbols} --interval {interval} --strategy BuyHold --lot instrument")).GetProperty("metrics");

        Math.Abs(metrics.GetProperty("funding").GetDecimal()).ShouldBeGreaterThan(1);
        metrics.GetProperty("benchmark_return").GetDouble().ShouldBe(metrics.GetProperty("total_return").GetDouble());
        // By hand from the database: every settlement after the entry, position × mark price × rate.
        if (symbols.Contains(' ', StringComparison.Ordinal)) return;
        var position = await PositionAsync(desk, symbols, interval);
        var rates = desk.Query($"select funding_rate, mark_price from funding_rates where exchange = 'binance' and symbol = '{symbols}' and timestamp >= {position.Entry + 1_000} and timestamp < 1773100800000 + 1000");
        rates.Count.ShouldBeGreaterThan(200);
        var paid = -rates.Select(r => r.Split('|')).Sum(r => position.Quantity * decimal.Parse(r[0], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) * decimal.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture));
        metrics.GetProperty("funding").GetDecimal().ShouldBe(paid, 0.0001m);
    }

    private static async Task<(decimal Quantity, long Entry)> PositionAsync(Desk desk, string symbols, string interval)
    {
        JsonElement open = (await desk.JsonAsync($"backtest --symbols {symbols} --interval {interval} --strategy BuyHold --lot instrument")).GetProperty("open_positions")[0];
        return (open.GetProperty("quantity").GetDecimal(), open.GetProperty("entry_time").GetDateTimeOffset().ToUnixTimeMilliseconds());
    }
}
