using System.Diagnostics;
using System.Globalization;
using Mts.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>The tables and files of the brief, read by programs that know nothing of mts.</summary>
public sealed class BriefSchemaTests
{
    [Fact]
    public async Task The_sqlite3_shell_and_the_mirrors_show_what_was_collected()
    {
        var options = new SimulatorOptions { Limits = RateLimits.None, Clock = ShiftedClock.Midweek() };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var desk = new Desk { Clock = ShiftedClock.Midweek() };
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;
        (await desk.RunAsync("collect --days 100 --symbols BTC ETH")).With(0);
        (await desk.RunAsync("collect --days 3 --symbols BTC --interval 1h --source bybit")).With(0);
        (await desk.RunAsync("collect-macro --macro-indicators VIX DXY --days 100 --fill forward")).With(0);

        MirrorsAgree(desk);
        Assert.SkipUnless(await CanRunAsync(), "The sqlite3 shell is not installed.");
        // One daily series per asset, however many series there are; milliseconds of the open; the UTC day.
        (await SqlAsync(desk, "select cryptocurrency, count(*), count(distinct timestamp), count(distinct id) from crypto_ohlcv group by 1 order by 1")).ShouldBe(["bitcoin|100|100|100", "ethereum|100|100|100"]);
        (await SqlAsync(desk, "select min(timestamp), min(date_str), max(timestamp), max(date_str) from crypto_ohlcv where cryptocurrency = 'bitcoin'")).ShouldBe(["1764547200000|2025-12-01|1773100800000|2026-03-10"]);
        (await SqlAsync(desk, "select count(*) from crypto_ohlcv where not (low <= open and low <= close and high >= open and high >= close and volume >= 0 and created_at >= '2026-03-11')")).ShouldBe(["0"]);
        (await SqlAsync(desk, "select name from pragma_table_info('crypto_ohlcv')")).ShouldBe(["id", "cryptocurrency", "timestamp", "date_str", "open", "high", "low", "close", "volume", "created_at"]);
        (await SqlAsync(desk, "select name from pragma_table_info('macro_indicators')")).ShouldBe(["id", "indicator", "date", "value", "is_interpolated", "is_forward_filled", "created_at"]);
        (await SqlAsync(desk, "select count(*) - count(distinct indicator || date) from macro_indicators")).ShouldBe(["0"]);
        // Washington's birthday, a holiday: filled forward on request, flagged, from the Friday before.
        (await SqlAsync(desk, "select m.is_forward_filled, m.is_interpolated, m.value = f.value from macro_indicators m join macro_indicators f on f.indicator = m.indicator and f.date = '2026-02-13' where m.indicator = 'VIXCLS' and m.date = '2026-02-16'")).ShouldBe(["1|0|1"]);
        (await SqlAsync(desk, "pragma integrity_check")).ShouldBe(["ok"]);
    }

    private static void MirrorsAgree(Desk desk)
    {
        var backup = Directory.EnumerateFiles(desk.PathOf("data/backup")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        backup.ShouldBe(["bitcoin_2025.csv", "bitcoin_2026.csv", "ethereum_2025.csv", "ethereum_2026.csv"]);
        var rows = new[] { "bitcoin_2025.csv", "bitcoin_2026.csv" }.SelectMany(f => File.ReadLines(desk.PathOf($"data/backup/{f}")).Skip(1)).ToList();
        File.ReadLines(desk.PathOf("data/backup/bitcoin_2025.csv")).First().ShouldBe("timestamp,open,high,low,close,volume");
        var stored = desk.Query("select timestamp, open, high, low, close, volume from crypto_ohlcv where cryptocurrency = 'bitcoin' order by 1");
        rows.ConvertAll(r => string.Join('|', r.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)))).ShouldBe(stored);

        var macro = new[] { "vixcls_2025.csv", "vixcls_2026.csv" }.SelectMany(f => File.ReadLines(desk.PathOf($"data/raw/macro/{f}")).Skip(1)).ToList();
        var shown = desk.Query("select date, value from macro_indicators where indicator = 'VIXCLS' order by 1");
        macro.Select(r => r.Split(',')).Where(r => r[1].Length > 0).Select(r => $"{r[0]}|{r[1]}").ShouldBe(shown);
    }

    private static async Task<bool> CanRunAsync()
    {
        try
        {
            using var shell = Process.Start(new ProcessStartInfo("sqlite3", "-version") { RedirectStandardOutput = true })!;
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            return shell.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string[]> SqlAsync(Desk desk, string sql)
    {
        using var shell = Process.Start(new ProcessStartInfo("sqlite3", ["-readonly", desk.PathOf("data/crypto_data.db"), sql]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty(sql);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
