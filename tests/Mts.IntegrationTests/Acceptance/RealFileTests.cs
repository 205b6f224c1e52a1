using System.Text.Json;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>Every recorded file through the command, with the counts that its README states.</summary>
public sealed class RealFileTests : IDisposable
{
    private const string AsOf = "--as-of 2026-01-06T12:20:00Z";

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("binance_spot_api/BTCUSDT_1d.csv", $"--symbol BTC/USDT --venue binance --interval 1d {AsOf}", "binance BTC/USDT 1d", 3_065, 3_064, 1, 0, 0, 0, "incomplete")]
    [InlineData("binance_spot_api/ETHUSDT_1d.csv", $"--symbol ETH/USDT --venue binance --interval 1d {AsOf}", "binance ETH/USDT 1d", 3_065, 3_064, 1, 0, 0, 0, "incomplete")]
    [InlineData("binance_spot_api/SOLUSDT_1d.csv", $"--symbol SOL --venue binance {AsOf}", "binance SOL/USDT 1d", 1_975, 1_974, 1, 0, 0, 0, "incomplete")]
    [InlineData("binance_spot_api/BTCUSDT_4h.csv.gz", $"--venue binance {AsOf}", "binance BTC/USDT 4h", 18_371, 18_370, 1, 8, 16, 1, "incomplete")]
    [InlineData("binance_spot_api/LTCUSDT_1h.csv.gz", $"--venue binance {AsOf}", "binance LTC/USDT 1h", 70_592, 70_591, 1, 27, 122, 3, "incomplete")]
    [InlineData("binance_spot_api/SOLUSDT_1d.csv", "--venue binance", "binance SOL/USDT 1d", 1_975, 1_975, 0, 0, 0, 0, "unproven")]
    [InlineData("binance_um_vision/LINKUSDT-1m-2023-02.csv.gz", "--symbol LINK/USDT:USDT --venue binance", "binance LINK/USDT:USDT 1m", 40_320, 40_320, 0, 0, 0, null, "complete")]
    [InlineData("binance_um_vision/LTCUSDT-1m-2026-02.csv.gz", "--symbol LTC/USDT:USDT --venue binance --interval 1m", "binance LTC/USDT:USDT 1m", 40_320, 40_320, 0, 0, 0, null, "complete")]
    [InlineData("binance_spot_vision/ADABTC-1m-2021-11-27.csv", "--venue binance", "binance ADA/BTC 1m", 10, 10, 0, 0, 0, null, "complete")]
    [InlineData("lean/crypto_coinbase_daily_btcusd_trade.zip", "", "coinbase BTC/USD 1d", 1_318, 1_318, 0, 8, 34, null, "unproven")]
    [InlineData("lean/crypto_bybit_minute_btcusdt_20221213_trade.zip", "", "bybit BTC/USDT 1m", 1_440, 1_440, 0, 0, 0, null, "unproven")]
    public async Task Bars(string file, string options, string series, int rows, int accepted, int incomplete, int gaps, int missing, int? zeroVolume, string lastBar)
    {
        var report = await ImportTwiceAsync($"data import {SharedData.File("market/" + file)} {options}");

        report.GetProperty("series").GetString().ShouldBe(series);
        (Count(report, "rows_read"), Count(report, "accepted"), Count(report, "incomplete")).ShouldBe((rows, accepted, incomplete));
        (report.GetProperty("gaps").GetArrayLength(), Count(report, "missing_bars")).ShouldBe((gaps, missing));
        if (zeroVolume is { } zero) Count(report, "zero_volume").ShouldBe(zero);
        report.GetProperty("last_bar").GetString().ShouldBe(lastBar);
        await VerifyAndRoundTripAsync(series, accepted);
    }

    [Theory]
    [InlineData("binance_spot_cdd/Binance_BTCUSDT_1h.csv.gz", "cdd BTC/USDT 1h", 36_062, 33_413, 1_207, 1_442, 16, 91)]
    [InlineData("binance_spot_cdd/Binance_BTCUSDT_d.csv", "cdd BTC/USDT 1d", 1_396, 1_395, 0, 1, 0, 0)]
    public async Task Bars_of_two_dialects_in_one_file(string file, string series, int rows, int accepted, int duplicates, int conflicts, int missing, int disagreements)
    {
        var report = await ImportTwiceAsync($"data import {SharedData.File("market/" + file)} --venue cdd");

        (Count(report, "rows_read"), Count(report, "accepted"), Count(report, "missing_bars")).ShouldBe((rows, accepted, missing));
        Count(report, "date_disagreements").ShouldBe(disagreements);
        // Of the day that stands there twice the README says only that the volumes differ.
        (Count(report, "duplicates") + Count(report, "conflicts")).ShouldBe(duplicates + conflicts);
        if (rows > 2_000) (Count(report, "duplicates"), Count(report, "conflicts"), Count(report, "zero_volume")).ShouldBe((duplicates, conflicts, 117));
        report.GetProperty("order").GetString().ShouldBe("newest_first");
        desk.Query("select count(*) from bar_revision").ShouldBe([$"{Count(report, "conflicts")}"]);
        await VerifyAndRoundTripAsync(series, accepted);
    }

    [Theory]
    [InlineData("market/lean/crypto_bybit_minute_btcusdt_20221213_quote.zip", "quotes")]
    [InlineData("market/trades/XRP_ETH-trades.json.gz", "trades")]
    [InlineData("mts-original/history/signal_alerts_bitcoin_ethereum.csv", "no bar file has")]
    [InlineData("mts-original/reports/daily_report_2026-03-10.json", "JSON")]
    public async Task What_is_no_bar_file_is_refused_and_nothing_is_stored(string file, string says)
    {
        var refused = (await desk.RunAsync($"data import {SharedData.File(file)} --symbol BTC/USDT --venue binance --json")).With(3);
        refused.Document().GetProperty("error").GetProperty("message").GetString()!.ShouldContain(says);
        File.Exists(desk.PathOf("data/crypto_data.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("market/funding/lean_binance_coinm_btcusd.csv", "binance BTC/USD:BTC funding", 12, 12)]
    [InlineData("market/funding/lean_bybit_btcusdt.csv", "bybit BTC/USDT:USDT funding", 3, 3)]
    [InlineData("market/funding/freqtrade_binance_um_XRPUSDT_8h_funding.csv", "binance XRP/USDT:USDT funding", 91, 91)]
    [InlineData("mts-original/realtime/funding/binance_BTCUSDT_funding_20250710.csv", "binance BTC/USDT:USDT funding", 3, 3)]
    [InlineData("mts-original/realtime/funding/binance_ETHUSDT_funding_20250710.csv", "binance ETH/USDT:USDT funding", 1, 1)]
    public async Task Funding(string file, string series, int rows, int accepted)
    {
        var report = await ImportTwiceAsync($"data import-funding {SharedData.File(file)}");

        report.GetProperty("series").GetString().ShouldBe(series);
        (Count(report, "rows_read"), Count(report, "accepted")).ShouldBe((rows, accepted));
    }

    [Theory]
    [InlineData("macro/fred_csv/VIXCLS.csv", "VIXCLS", 9_543, 302)]
    [InlineData("macro/fred_csv/DTWEXBGS.csv", "DTWEXBGS", 5_365, 211)]
    [InlineData("macro/fred_csv/DGS10.csv", "DGS10", 16_848, 719)]
    [InlineData("macro/fred_csv/SOFR.csv", "SOFR", 2_173, 94)]
    [InlineData("macro/fred_csv_old/DFF.csv", "DFF", 1_855, 0)]
    [InlineData("macro/fred_csv_old/FEDFUNDS_date_value.csv", "FEDFUNDS", 551, 0)]
    [InlineData("macro/cboe/vix-daily.csv", "VIXCLS", 9_235, 0)]
    [InlineData("macro/yahoo/dxy.csv", "DX-Y.NYB", 3_380, 584)]
    [InlineData("mts-original/raw/macro/vixcls_2025.csv", "VIXCLS", 23, 1)]
    [InlineData("mts-original/raw/macro/dgs10_2025.csv", "DGS10", 20, 1)]
    [InlineData("mts-original/raw/macro/dtwexbgs_2025.csv", "DTWEXBGS", 16, 1)]
    [InlineData("mts-original/raw/macro/dff_2025.csv", "DFF", 28, 0)]
    public async Task Macro(string file, string series, int rows, int missing)
    {
        var report = await ImportTwiceAsync($"data import-macro {SharedData.File(file)}");

        var rejected = file.Contains("vixcls_2025", StringComparison.Ordinal) ? 2 : 0;
        report.GetProperty("series").GetString().ShouldBe(series);
        (Count(report, "rows_read"), Count(report, "accepted"), Count(report, "missing")).ShouldBe((rows, rows - missing - rejected, missing));
        desk.Query($"select count(*), count(distinct date) from macro_indicators where indicator = '{series}'").ShouldBe([$"{rows - missing - rejected}|{rows - missing - rejected}"]);
    }

    [Theory]
    [InlineData("raw/bitcoin_2025.csv", 337, "bitcoin")]
    [InlineData("raw/ethereum_2025.csv", 338, "ethereum")]
    [InlineData("raw/tether_2025.csv", 338, "tether")]
    [InlineData("history/backup_bitcoin_2025.csv", 72, "bitcoin")]
    [InlineData("history/backup_ethereum_2025.csv", 72, "ethereum")]
    [InlineData("history/backup_tether_2025.csv", 72, "tether")]
    public async Task Prices_of_the_first_system_are_points(string file, int rows, string asset)
    {
        var report = await ImportTwiceAsync($"data import {SharedData.File("mts-original/" + file)}");

        (report.GetProperty("kind").GetString(), Count(report, "rows_read"), Count(report, "accepted")).ShouldBe(("points", rows, rows));
        desk.Query("select asset, count(*) from points group by 1").ShouldBe([$"{asset}|{rows}"]);
        desk.Query("select count(*) from bars union all select count(*) from crypto_ohlcv").ShouldBe(["0", "0"]);
        (await desk.RunAsync($"backtest --symbols {asset} --strategy BuyHold")).With(3).Error.ShouldContain("mts collect");
    }

    [Theory]
    [InlineData("crypto_data_2025-07-10.db", 7_255, 124)]
    [InlineData("crypto_ohlcv_2025-07-10.csv", 7_255, 0)]
    [InlineData("macro_indicators_2025-07-10.csv", 0, 124)]
    public async Task The_first_systems_database_becomes_points_and_macro(string file, int points, int macro)
    {
        var line = $"data import {SharedData.File("mts-original/history/" + file)}";
        var reports = (await desk.JsonAsync(line)).GetProperty("imports").EnumerateArray().ToList();
        foreach (var report in reports) Identity(report);
        reports.Where(r => r.GetProperty("kind").GetString() == "points").Sum(r => Count(r, "accepted")).ShouldBe(points);
        reports.Where(r => r.GetProperty("kind").GetString() == "macro").Sum(r => Count(r, "rows_read")).ShouldBe(macro);
        foreach (var report in (await desk.JsonAsync(line)).GetProperty("imports").EnumerateArray()) Unchanged(report);

        desk.Query("select count(*) from bars").ShouldBe(["0"]);
        if (points > 0) desk.Query("select asset, count(*) from points group by 1 order by 1").ShouldBe(["bitcoin|966", "ethereum|959", "solana|4583", "tether|747"]);
        if (macro > 0) desk.Query("select count(*) from macro_indicators where is_forward_filled").ShouldBe(["5"]);
    }

    /// <summary>The first import's report; the second one must find everything unchanged.</summary>
    private async Task<JsonElement> ImportTwiceAsync(string line)
    {
        var first = await desk.JsonAsync(line);
        Identity(first);
        var again = await desk.JsonAsync(line);
        Unchanged(again);
        Count(again, "accepted").ShouldBe(Count(first, "accepted"));
        return first;
    }

    // Of macro the days without a value are rows of their own kind.
    private static void Identity(JsonElement report) =>
        Count(report, "rows_read").ShouldBe(
            Count(report, "accepted") + Count(report, "duplicates") + Count(report, "conflicts") + Count(report, "incomplete") + Count(report, "missing")
            + report.GetProperty("rejected").EnumerateObject().Sum(r => r.Value.GetInt32()), report.GetRawText());

    private static void Unchanged(JsonElement report)
    {
        Count(report.GetProperty("stored"), "inserted").ShouldBe(0, report.GetRawText());
        Count(report.GetProperty("stored"), "revised").ShouldBe(0, report.GetRawText());
    }

    private async Task VerifyAndRoundTripAsync(string series, int bars)
    {
        var (venue, symbol, interval) = series.Split(' ') is [var v, var s, var i] ? (v, s, i) : throw new ArgumentException(series, nameof(series));
        (await desk.RunAsync("data verify")).With(0);
        await desk.JsonAsync($"data export --symbol {symbol} --venue {venue} --interval {interval} --out x.csv.gz");
        var back = await desk.JsonAsync($"--data-dir back data import x.csv.gz --symbol {symbol} --venue {venue} --interval {interval}");
        Count(back, "accepted").ShouldBe(bars);
        const string All = "select venue, symbol, interval, timestamp, open, high, low, close, volume from bars order by timestamp";
        desk.Query(All, "back").ShouldBe(desk.Query(All));
    }

    private static int Count(JsonElement report, string name) => report.GetProperty(name).GetInt32();
}
