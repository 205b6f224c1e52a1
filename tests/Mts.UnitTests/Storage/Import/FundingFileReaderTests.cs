using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

public sealed class FundingFileReaderTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Freqtrade_keeps_the_rate_in_the_open_and_the_milliseconds_of_the_settlement()
    {
        var import = Read(ImportFiles.Fixture("freqtrade_binance_ABCUSDT_8h_funding.csv"));
        import.Rates.ShouldBe([new FundingRate(new Timestamp(1_637_193_600_017_000), 0.0001, null), new FundingRate(new Timestamp(1_637_222_400_007_000), -0.00025, null)]);
        (import.Venue, import.Symbol).ShouldBe(("binance", Symbol.Parse("ABC/USDT:USDT")));
        import.Report.Dialects.ShouldBe(["freqtrade"]);
    }

    [Fact]
    public void Lean_has_neither_header_nor_last_line_end()
    {
        var import = Read(files.Write("lean_bybit_btcusdt.csv", "20221213 00:00:00,-0.0002016\n20221213 08:00:00,-0.00022398\n20221213 16:00:00,-0.00038555"));
        import.Rates.Select(r => (r.Time.ToString(), r.Rate)).ShouldBe(
            [("2022-12-13T00:00:00Z", -0.0002016), ("2022-12-13T08:00:00Z", -0.00022398), ("2022-12-13T16:00:00Z", -0.00038555)]);
        import.Report.Dialects.ShouldBe(["lean"]);
    }

    [Fact]
    public void The_exchange_archive_has_a_calculation_time()
    {
        var import = Read(ImportFiles.Fixture("ABCUSDT-fundingRate-2026-05.csv"));
        import.Rates.Select(r => (r.Time.ToString(), r.Rate)).ShouldBe([("2026-05-01T00:00:00.001Z", 0.0001), ("2026-05-01T08:00:00Z", -0.00003)]);
    }

    [Fact]
    public void Rates_seen_before_their_settlement_are_quotes_and_the_same_row_twice_counts_once()
    {
        var import = Read(ImportFiles.Fixture("original_funding.csv"));
        import.Rates.ShouldBeEmpty();
        import.Quotes.ShouldBe(
        [
            new FundingQuote(new Timestamp(1_752_124_257_944_000), 9.506e-05, Timestamp.Parse("2025-07-10T08:00:00Z")),
            new FundingQuote(new Timestamp(1_752_124_442_707_000), 9.522e-05, Timestamp.Parse("2025-07-10T08:00:00Z")),
        ]);
        (import.Report.RowsRead, import.Report.Accepted, import.Report.Duplicates).ShouldBe((3, 2, 1));
    }

    [Fact]
    public void A_rate_in_another_unit_is_refused()
    {
        var report = Read(files.Write("x.csv", "20221213 00:00:00,0.0001\n20221213 08:00:00,1.5\n20221213 16:00:00,x\n20270101 00:00:00,0.0001\n")).Report;
        (report.RowsRead, report.Accepted, report.Incomplete).ShouldBe((4, 1, 1));
        report.Rejected.ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["rate_out_of_range"] = 1, ["unparsable"] = 1 }, ignoreOrder: true);
        ImportFiles.ShouldAddUp(report);
    }

    [Theory]
    [InlineData("observation_date,VIXCLS\n2024-01-01,12\n")]
    [InlineData("hello\n")]
    public void Other_files_are_refused(string text) => Should.Throw<DataValidationException>(() => Read(files.Write("x.csv", text)));

    private static FundingImport Read(string path) => FundingFileReader.Read([path], ImportFiles.Now);
}
