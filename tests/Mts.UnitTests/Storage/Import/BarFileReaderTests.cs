using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

public sealed class BarFileReaderTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void An_archive_that_changes_from_milliseconds_to_microseconds_is_one_series()
    {
        var (series, _, report) = ImportFiles.Bars(ImportFiles.Fixture("ABCUSDT-1m-2024-12.csv"));
        series.Key.ToString().ShouldBe("binance ABC/USDT 1m");
        series.OpenTimes.ToArray().Select(t => new Timestamp(t).ToString()).ShouldBe(
            ["2024-12-31T23:58:00Z", "2024-12-31T23:59:00Z", "2025-01-01T00:00:00Z", "2025-01-01T00:01:00Z"]);
        series[3].ShouldBe(new Bar(Timestamp.Parse("2025-01-01T00:01:00Z"), 10.75, 11.25, 10.5, 11, 70));
        report.Dialects.ShouldBe(["exchange-archive"]);
        report.TimeUnits.ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["ms"] = 2, ["us"] = 2 }, ignoreOrder: true);
        report.LastBar.ShouldBe("complete");
        report.RowsRead.ShouldBe(4);
    }

    [Theory]
    [InlineData("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore")]
    [InlineData("Open time,Open,High,Low,Close,Volume,Close time,Quote asset volume,Number of trades,Taker buy base,Taker buy quote,Ignore")]
    public void A_header_is_no_row(string header)
    {
        var rows = File.ReadAllText(ImportFiles.Fixture("ABCUSDT-1m-2024-12.csv"));
        ImportFiles.Bars(files.Write("ABCUSDT-1m.csv", header + "\n" + rows)).Report.RowsRead.ShouldBe(4);
        ImportFiles.Bars(files.Write("ABCUSDT-1m.csv", header + "\r\n" + rows.Replace("\n", "\r\n", StringComparison.Ordinal))).Series.Length.ShouldBe(4);
    }

    [Fact]
    public void Both_dialects_of_CryptoDataDownload_in_one_file_are_sorted_and_counted()
    {
        var (series, revisions, report) = ImportFiles.Bars(ImportFiles.Fixture("Binance_ABCUSDT_1h.csv"));
        series.Key.ToString().ShouldBe("binance ABC/USDT 1h");
        (report.RowsRead, report.Accepted, report.Duplicates, report.Conflicts).ShouldBe((6, 4, 1, 1));
        (report.DuplicatesWithOtherVolume, report.DateDisagreements, report.ZeroVolume).ShouldBe((1, 1, 1));
        report.Order.ShouldBe("newest_first");
        report.OutOfOrder.ShouldBe(1);
        report.Gaps.ShouldBe([new Hole(Timestamp.Parse("2020-12-31T22:00:00Z"), Timestamp.Parse("2021-01-01T00:00:00Z"), 2)]);
        report.MissingBars.ShouldBe(2);
        report.LastBar.ShouldBe("unproven");
        series.Closes.ToArray().ShouldBe([9, 11, 12, 12.5]);
        series.Volumes.ToArray().ShouldBe([0, 3, 4, 5]);
        revisions.ShouldHaveSingleItem().Bar.ShouldBe(new Bar(Timestamp.Parse("2021-01-01T00:00:00Z"), 10, 11, 9.5, 10.9, 2));
    }

    [Fact]
    public void Rows_that_break_a_rule_are_refused_by_reason_and_listed_with_their_line()
    {
        var (series, _, report) = ImportFiles.Bars(ImportFiles.Fixture("dirty_ABCUSDT_1d.csv"), asOf: "2024-03-11T15:00:00Z");
        (report.RowsRead, report.Accepted, report.Duplicates, report.Incomplete).ShouldBe((14, 4, 1, 1));
        report.Rejected.ShouldBe(
            new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["unparsable"] = 1, ["high_below_low"] = 1, ["open_outside_range"] = 1, ["negative_volume"] = 1,
                ["price_not_positive"] = 1, ["off_grid"] = 1, ["wrong_column_count"] = 1, ["not_finite"] = 1,
            },
            ignoreOrder: true);
        report.RejectedRows.ShouldContain(new RejectedRow("dirty_ABCUSDT_1d.csv", 5, "high_below_low", "11.5,2024-03-04,13,12,11,110"));
        report.RejectedRows.ShouldContain(new RejectedRow("dirty_ABCUSDT_1d.csv", 11, "wrong_column_count", "12,2024-03-08,11,13,11.5"));
        series.Opens.ToArray().ShouldBe([10, 10.5, 11.5, 12]);
        report.LastBar.ShouldBe("incomplete");
        report.MissingBars.ShouldBe(6);
    }

    [Theory]
    [InlineData("1704067200", "1704153600", "1704240000")]
    [InlineData("1704067200000", "1704153600000", "1704240000000")]
    [InlineData("1704067200000000", "1704153600000000", "1704240000000000")]
    [InlineData("2024-01-01", "2024-01-02", "2024-01-03")]
    [InlineData("2024-01-01 00:00:00", "2024-01-02 00:00:00", "2024-01-03 00:00:00")]
    [InlineData("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z")]
    [InlineData("20240101 00:00", "20240102 00:00", "20240103 00:00")]
    [InlineData("\"2024-01-01\"", "\"2024-01-02\"", "\"2024-01-03\"")]
    public void Plain_files_are_read_with_every_form_of_time_with_and_without_header(string first, string second, string third)
    {
        var rows = $"{first},1,2,0.5,1.5,10\n{second},1.5,2,1,2,11\n{third},2,3,2,3,12\n";
        foreach (var text in new[] { rows, "timestamp,open,high,low,close,volume\n" + rows })
        {
            var series = ImportFiles.Bars(files.Write("x.csv", text), symbol: "ABC/USDT").Series;
            series.Key.Interval.ShouldBe(Interval.Day);
            series.OpenTimes.ToArray().ShouldBe([1_704_067_200_000_000, 1_704_153_600_000_000, 1_704_240_000_000_000]);
            series.Volumes.ToArray().ShouldBe([10, 11, 12]);
        }
    }

    [Fact]
    public void A_file_without_volume_has_none()
    {
        var (series, _, report) = ImportFiles.Bars(files.Write("ABCUSDT.csv", "date,open,high,low,close\n2024-01-01,1,2,0.5,1.5\n2024-01-02,1.5,2,1,2\n"));
        series.HasVolume.ShouldBeFalse();
        report.HasVolume.ShouldBe(false);
        series.Volumes.ToArray().ShouldAllBe(v => double.IsNaN(v));
    }

    [Fact]
    public void Lean_minutes_take_their_day_from_the_file_name()
    {
        var zip = ImportFiles.Zip(("20221213_abcusdt_minute_trade.csv", "0,1,2,0.5,1.5,10\n60000,1.5,2,1,2,11\n120000,2,3,2,3,12"u8.ToArray()));
        var (series, _, report) = ImportFiles.Bars(files.Write("crypto_bybit_minute_abcusdt_20221213_trade.zip", zip));
        series.Key.ToString().ShouldBe("bybit ABC/USDT 1m");
        series[2].ShouldBe(new Bar(Timestamp.Parse("2022-12-13T00:02:00Z"), 2, 3, 2, 3, 12));
        report.Truncated.ShouldBeFalse();
    }

    [Fact]
    public void Lean_quotes_are_recognised_and_refused()
    {
        var zip = ImportFiles.Zip(("20221213_abcusdt_minute_quote.csv", "0,1,2,1,2,0.1,2,3,2,3,0.2\n"u8.ToArray()));
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(files.Write("q.zip", zip))).Message.ShouldContain("quotes");
    }

    [Fact]
    public void Several_files_are_one_series_and_rows_at_their_seam_count_once()
    {
        var first = files.Write("ABCUSDT-a.csv", "2024-01-01,1,2,0.5,1.5,10.0\n2024-01-02,1.5,2,1,2,11.0\n");
        var second = files.Write("ABCUSDT-b.csv", "2024-01-02,1.5,2,1,2,11.0\n2024-01-03,2,3,2,3,12.0\n");
        var (series, _, report) = BarFileReader.Read([second, first], ImportFiles.Options());
        series.Length.ShouldBe(3);
        (report.RowsRead, report.Duplicates).ShouldBe((4, 1));
        report.Files.Select(f => f.Name).ShouldBe(["ABCUSDT-b.csv", "ABCUSDT-a.csv"]);
    }

    [Fact]
    public void Another_interval_than_asked_for_is_refused_and_named()
    {
        var path = ImportFiles.Fixture("Binance_ABCUSDT_1h.csv");
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(path, interval: "1d")).Message.ShouldContain("1h");
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(path, symbol: "XYZ/USDT")).Message.ShouldContain("ABC/USDT");
    }

    [Fact]
    public void A_single_bar_has_the_interval_that_is_given()
    {
        var path = files.Write("ABCUSDT.csv", "date,open,high,low,close,volume\n2024-01-01,1,2,0.5,1.5,10\n");
        var series = ImportFiles.Bars(path, interval: "1d").Series;
        (series.Length, series.Key.Interval).ShouldBe((1, Interval.Day));
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(path)).Message.ShouldContain("bars at one time only, which shows no interval; give --interval");
    }

    [Fact]
    public void Steps_that_are_no_interval_are_not_recommended()
    {
        var path = files.Write("ABCUSDT.csv", "timestamp,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"{1_704_067_200_000 + (i * 420_000)},1,2,0.5,1.5,10\n")));
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(path, interval: "1d")).Message.ShouldBe("ABCUSDT.csv has steps of 00:07:00 (4 of 4), not of 1d. Irregular prices are points, not bars.");
    }

    [Theory]
    [InlineData("2024-01-03T12:00:00Z", "incomplete", 2)]
    [InlineData("2024-01-04T00:00:00Z", "complete", 3)]
    [InlineData("2024-01-04T23:59:59Z", "complete", 3)]
    [InlineData("2024-01-05T00:00:00Z", "unproven", 3)]
    [InlineData(null, "unproven", 3)]
    public void The_last_bar_is_complete_only_where_the_time_of_taking_proves_it(string? asOf, string expected, int bars)
    {
        var path = files.Write("ABCUSDT.csv", "2024-01-01,1,2,0.5,1.5,10\n2024-01-02,1.5,2,1,2,11\n2024-01-03,2,3,2,3,12\n");
        var (series, _, report) = ImportFiles.Bars(path, asOf);
        report.LastBar.ShouldBe(expected);
        series.Length.ShouldBe(bars);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData("<!DOCTYPE html><html>429</html>", "web page")]
    [InlineData("{\"code\":-1121}", "JSON")]
    [InlineData("[[1,2,3]]", "JSON")]
    [InlineData("name,age\nAda,36\n", "columns")]
    [InlineData("hello\nworld\n", "no row")]
    [InlineData("a\0b", "binary")]
    [InlineData("date,open,high,low,close,volume\n", "no bar")]
    [InlineData("date,open,high,low,close,volume\n2024-01-01,5,4,3,2,1\n2024-01-02,5,4,3,2,1\n", "no bar")]
    public void What_is_no_market_data_is_refused_with_a_reason(string text, string expected) =>
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(files.Write("ABCUSDT.csv", text))).Message.ShouldContain(expected);

    [Fact]
    public void Irregular_prices_are_no_bars()
    {
        var text = "timestamp,open,high,low,close,volume\n1751015027454,5,5,5,5,1\n1751018637666,5,5,5,5,1\n1751022202200,5,5,5,5,1\n";
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(files.Write("ABCUSDT.csv", text))).Message.ShouldContain("points");
    }

    [Fact]
    public void A_zip_of_several_files_is_refused()
    {
        var zip = ImportFiles.Zip(("a.csv", "1"u8.ToArray()), ("b.csv", "2"u8.ToArray()));
        Should.Throw<DataValidationException>(() => ImportFiles.Bars(files.Write("two.zip", zip))).Message.ShouldContain("a.csv, b.csv");
    }

    [Fact]
    public void The_report_names_the_file_by_its_hash()
    {
        var path = ImportFiles.Fixture("ABCUSDT-1m-2024-12.csv");
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        ImportFiles.Bars(path).Report.Files.ShouldBe([new ImportedFile("ABCUSDT-1m-2024-12.csv", expected, new FileInfo(path).Length)]);
    }

    [Fact]
    public void Packed_files_read_like_plain_ones()
    {
        var plain = File.ReadAllBytes(ImportFiles.Fixture("Binance_ABCUSDT_1h.csv"));
        var expected = ImportFiles.Bars(ImportFiles.Fixture("Binance_ABCUSDT_1h.csv"));
        var members = ImportFiles.Gzip(plain[..200]).Concat(ImportFiles.Gzip(plain[200..])).ToArray();
        foreach (var packed in new[] { ImportFiles.Gzip(plain), members, ImportFiles.Zip(("x.csv", plain)) })
        {
            var import = ImportFiles.Bars(files.Write("Binance_packed", packed));
            import.Series.Closes.ToArray().ShouldBe(expected.Series.Closes.ToArray());
            import.Report.Truncated.ShouldBeFalse();
            (import.Report with { Files = expected.Report.Files }).Warnings.ShouldBe(expected.Report.Warnings);
        }
    }

    [Theory]
    [InlineData("ABC-USDT_1h.csv", true)]
    [InlineData("ABC-USDT_1h.csv.gz", true)]
    [InlineData("ABC-USDT_1h.csv", false)]
    public void What_was_exported_is_read_back_equal(string name, bool hasVolume)
    {
        var random = new Random(11);
        var builder = new BarSeriesBuilder();
        for (var i = 0; i < 200; i += random.Next(1, 3))
        {
            var (low, high) = (random.NextDouble() * 1e-6, 2e-6 + (random.NextDouble() * 1e5));
            var (open, close) = (low + ((high - low) * random.NextDouble()), low + ((high - low) * random.NextDouble()));
            builder.Add((Timestamp.Parse("2024-12-31") + TimeSpan.FromHours(i)).Micros, open, high, low, close, hasVolume ? random.NextDouble() * 1e9 : double.NaN);
        }

        var written = builder.Build(new SeriesKey("binance", Symbol.Parse("ABC/USDT"), Interval.Hour), hasVolume);
        var path = files.Write(name, "");
        CsvExport.Write(written, path);
        var read = ImportFiles.Bars(path, symbol: "ABC/USDT").Series;
        read.HasVolume.ShouldBe(hasVolume);
        read.OpenTimes.ToArray().ShouldBe(written.OpenTimes.ToArray());
        for (var i = 0; i < written.Length; i++) read[i].SameValues(written[i]).ShouldBeTrue();
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        var text = Encoding.UTF8.GetPreamble().Concat("date,open,high,low,close,volume\n2024-01-01,1,2,0.5,1.5,10\n2024-01-02,1.5,2,1,2,11\n"u8.ToArray()).ToArray();
        ImportFiles.Bars(files.Write("ABCUSDT.csv", text)).Series.Length.ShouldBe(2);
    }
}
