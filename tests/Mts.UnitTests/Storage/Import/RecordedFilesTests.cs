using Mts.Core;
using Mts.Core.Quality;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

/// <summary>The files of others, with the counts that their README states.</summary>
public sealed class RecordedFilesTests
{
    private const string Taken = "2026-01-06T12:20:00Z";

    [Theory]
    [InlineData("binance_spot_api/BTCUSDT_1d.csv", "1d", 3_065, 0, 0, 0)]
    [InlineData("binance_spot_api/ETHUSDT_1d.csv", "1d", 3_065, 0, 0, 0)]
    [InlineData("binance_spot_api/SOLUSDT_1d.csv", "1d", 1_975, 0, 0, 0)]
    [InlineData("binance_spot_api/BTCUSDT_4h.csv.gz", "4h", 18_371, 8, 16, 1)]
    [InlineData("binance_spot_api/LTCUSDT_1h.csv.gz", "1h", 70_592, 27, 122, 3)]
    public void Files_that_end_with_an_unfinished_bar(string path, string interval, int rows, int gaps, int missing, int zeroVolume)
    {
        var report = ImportFiles.Bars(ImportFiles.Data("market/" + path), Taken, interval).Report;
        (report.RowsRead, report.Accepted, report.Incomplete).ShouldBe((rows, rows - 1, 1));
        (report.Gaps.Count, report.MissingBars, report.ZeroVolume).ShouldBe((gaps, missing, zeroVolume));
        report.LastBar.ShouldBe("incomplete");
        ImportFiles.Bars(ImportFiles.Data("market/" + path)).Report.LastBar.ShouldBe("unproven");
    }

    [Theory]
    [InlineData("binance_um_vision/LINKUSDT-1m-2023-02.csv.gz", "1m", 40_320, 0, 0, "complete")]
    [InlineData("binance_um_vision/LTCUSDT-1m-2026-02.csv.gz", "1m", 40_320, 0, 0, "complete")]
    [InlineData("binance_spot_vision/ADABTC-1m-2021-11-27.csv", "1m", 10, 0, 0, "complete")]
    [InlineData("lean/crypto_coinbase_daily_btcusd_trade.zip", "1d", 1_318, 8, 34, "unproven")]
    [InlineData("lean/crypto_bybit_minute_btcusdt_20221213_trade.zip", "1m", 1_440, 0, 0, "unproven")]
    public void Files_of_which_every_row_is_good(string path, string interval, int rows, int gaps, int missing, string lastBar)
    {
        var report = ImportFiles.Bars(ImportFiles.Data("market/" + path), interval: interval).Report;
        (report.RowsRead, report.Accepted, report.Gaps.Count, report.MissingBars).ShouldBe((rows, rows, gaps, missing));
        report.LastBar.ShouldBe(lastBar);
    }

    [Fact]
    public void Hours_of_two_dialects_that_overlap()
    {
        var (series, revisions, report) = ImportFiles.Bars(ImportFiles.Data("market/binance_spot_cdd/Binance_BTCUSDT_1h.csv.gz"));
        (report.RowsRead, report.Accepted, report.Duplicates, report.Conflicts).ShouldBe((36_062, 36_062 - 2_649, 1_207, 2_649 - 1_207));
        (report.TimeUnits["ms"], report.TimeUnits["s"], report.DateDisagreements).ShouldBe((7_478, 28_584, 91));
        (report.Gaps.Count, report.MissingBars, report.ZeroVolume).ShouldBe((8, 16, 117));
        report.Gaps.MaxBy(g => g.Bars).ShouldBe(new Hole(Core.Market.Timestamp.Parse("2017-09-22T20:00:00Z"), Core.Market.Timestamp.Parse("2017-09-23T00:00:00Z"), 4));
        report.Order.ShouldBe("newest_first");
        series.Opens[0].ShouldBe(16_199.91);
        revisions.Count.ShouldBe(1_442);
    }

    [Fact]
    public void Days_of_two_dialects_that_meet()
    {
        var report = ImportFiles.Bars(ImportFiles.Data("market/binance_spot_cdd/Binance_BTCUSDT_d.csv")).Report;
        (report.RowsRead, report.Accepted, report.Duplicates + report.Conflicts).ShouldBe((1_396, 1_395, 1));
        (report.TimeUnits["ms"], report.TimeUnits["s"], report.LastBar).ShouldBe((1_272, 124, "unproven"));
    }

    [Theory]
    [InlineData("lean/crypto_bybit_minute_btcusdt_20221213_quote.zip")]
    [InlineData("trades/XRP_ETH-trades.json.gz")]
    public void Quotes_and_trades_are_refused(string path)
    {
        var file = ImportFiles.Data("market/" + path);
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(file));
    }

    [Theory]
    [InlineData("market/funding/lean_binance_coinm_btcusd.csv", 12)]
    [InlineData("market/funding/lean_bybit_btcusdt.csv", 3)]
    [InlineData("market/funding/freqtrade_binance_um_XRPUSDT_8h_funding.csv", 91)]
    [InlineData("mts-original/realtime/funding/binance_BTCUSDT_funding_20250710.csv", 3)]
    [InlineData("mts-original/realtime/funding/binance_ETHUSDT_funding_20250710.csv", 1)]
    public void Funding(string path, int rows)
    {
        var report = FundingFileReader.Read([ImportFiles.Data(path)], ImportFiles.Now).Report;
        (report.RowsRead, report.Accepted).ShouldBe((rows, rows));
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
    [InlineData("mts-original/raw/macro/dgs10_2025.csv", "DGS10", 20, 1)]
    [InlineData("mts-original/raw/macro/dtwexbgs_2025.csv", "DTWEXBGS", 16, 1)]
    [InlineData("mts-original/raw/macro/dff_2025.csv", "DFF", 28, 0)]
    public void Macro(string path, string series, int rows, int missing)
    {
        var import = MacroFileReader.Read(ImportFiles.Data(path), new MacroImportOptions { AsOf = ImportFiles.Now });
        import.SeriesId.ShouldBe(series);
        (import.Report.RowsRead, import.Report.Accepted, import.Report.Missing).ShouldBe((rows, rows - missing, missing));
    }

    [Fact]
    public void Cboe_and_Fred_agree_on_every_common_day()
    {
        var options = new MacroImportOptions { AsOf = ImportFiles.Now };
        var fred = MacroFileReader.Read(ImportFiles.Data("macro/fred_csv/VIXCLS.csv"), options).Observations.Where(o => o.Value is not null).ToDictionary(o => o.Day, o => o.Value);
        var cboe = MacroFileReader.Read(ImportFiles.Data("macro/cboe/vix-daily.csv"), options).Observations;
        cboe.Count(o => fred.GetValueOrDefault(o.Day) == o.Value).ShouldBe(9_235);
    }

    [Theory]
    [InlineData("raw/bitcoin_2025.csv", 337)]
    [InlineData("raw/ethereum_2025.csv", 338)]
    [InlineData("raw/tether_2025.csv", 338)]
    [InlineData("history/backup_bitcoin_2025.csv", 72)]
    [InlineData("history/backup_ethereum_2025.csv", 72)]
    [InlineData("history/backup_tether_2025.csv", 72)]
    public void Prices_of_the_first_version_are_points(string path, int rows)
    {
        var file = ImportFiles.Data("mts-original/" + path);
        OriginalFileReader.Recognises(file).ShouldBeTrue();
        var report = OriginalFileReader.Read(file, ImportFiles.Now).Points.ShouldHaveSingleItem().Report;
        (report.RowsRead, report.Accepted).ShouldBe((rows, rows));
    }

    [Theory]
    [InlineData("crypto_ohlcv_2025-07-10.csv", true, false, false)]
    [InlineData("macro_indicators_2025-07-10.csv", false, true, false)]
    [InlineData("funding_rates_2025-07-10.csv", false, false, true)]
    [InlineData("crypto_data_2025-07-10.db", true, true, true)]
    public void Tables_of_the_first_version(string name, bool prices, bool macro, bool funding)
    {
        var file = ImportFiles.Data("mts-original/history/" + name);
        OriginalFileReader.Recognises(file).ShouldBeTrue();
        var import = OriginalFileReader.Read(file, ImportFiles.Now);
        import.Points.Select(p => (p.AssetId, p.Points.Count)).ShouldBe(prices ? [("bitcoin", 966), ("ethereum", 959), ("solana", 4_583), ("tether", 747)] : []);
        import.Macro.Select(m => (m.SeriesId, m.Report.RowsRead)).ShouldBe(macro ? [("DFF", 40), ("DGS10", 26), ("DTWEXBGS", 24), ("VIXCLS", 34)] : []);
        import.Funding.Sum(f => f.Report.Accepted).ShouldBe(funding ? 6 : 0);
        if (!macro) return;
        import.Macro[3].Observations.Count(o => o.IsForwardFilled).ShouldBe(5);
        import.Macro[3].Report.Rejected["hand_made"].ShouldBe(4);
    }

    [Fact]
    public void The_January_values_of_the_first_versions_VIX_are_left_out()
    {
        var report = MacroFileReader.Read(ImportFiles.Data("mts-original/raw/macro/vixcls_2025.csv"), new MacroImportOptions { AsOf = ImportFiles.Now }).Report;
        (report.RowsRead, report.Accepted, report.Missing, report.Rejected["hand_made"]).ShouldBe((23, 20, 1, 2));
    }
}
