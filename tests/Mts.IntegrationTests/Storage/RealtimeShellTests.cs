using System.Diagnostics;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;

namespace Mts.IntegrationTests.Storage;

/// <summary>The brief's live tables, read by a program that knows nothing of mts while the writer is at work.</summary>
public sealed class RealtimeShellTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-realtime-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_sqlite3_shell_reads_the_tables_of_the_brief_beside_the_writer()
    {
        var time = Timestamp.Parse("2024-01-02T03:04:05.250Z");
        var (btc, scale) = (new Symbol("BTC", "USDT"), new NumberScale(2, 3));
        using var store = SqliteStore.OpenWriter(folder.FullName, TimeProvider.System);
        store.WriteRealtime(new RealtimeBatch
        {
            Books = [new BookRow("binance", btc, time, time, 7, 1, scale, [new(4_300_000, 1_500)], [new(4_301_000, 500)])],
            Spreads = [new SpreadRow("binance", btc, time, time, scale, new(4_300_000, 1_500), new(4_301_000, 500))],
            Funding = [new FundingQuoteRow("binance", btc with { Settle = "USDT" }, time, 0.0001, Timestamp.Parse("2024-01-02T08:00:00Z"), 43_005, null)],
        });

        (await SqlAsync("select exchange, symbol, timestamp, side, level, price, quantity from order_book order by side")).ShouldBe(
            ["binance|BTC/USDT|1704164645250|ask|0|43010.0|0.5", "binance|BTC/USDT|1704164645250|bid|0|43000.0|1.5"]);
        // Bid 43000, ask 43010: 10, 10 / 43005 × 100, 43005.
        (await SqlAsync("select exchange, symbol, timestamp, bid_price, ask_price, spread_absolute, round(spread_percentage, 6), mid_price from bid_ask_spreads")).ShouldBe(
            ["binance|BTC/USDT|1704164645250|43000.0|43010.0|10.0|0.023253|43005.0"]);
        (await SqlAsync("select exchange, symbol, timestamp, funding_rate, predicted_rate, funding_time from funding_rates")).ShouldBe(
            ["binance|BTC/USDT:USDT|1704164645250|0.0001|0.0001|1704182400000"]);
    }

    private async Task<string[]> SqlAsync(string sql)
    {
        try
        {
            using var shell = Process.Start(new ProcessStartInfo("sqlite3", ["-readonly", Path.Combine(folder.FullName, "crypto_data.db"), sql]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            (await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty(sql);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The sqlite3 shell is not installed.");
            return [];
        }
    }
}
