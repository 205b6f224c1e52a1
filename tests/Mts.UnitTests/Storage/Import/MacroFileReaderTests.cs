using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

public sealed class MacroFileReaderTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Fred_names_the_series_in_the_header_and_leaves_holidays_empty()
    {
        var import = Read(ImportFiles.Fixture("vix_fred.csv"));
        import.SeriesId.ShouldBe("VIXCLS");
        import.Observations.Select(o => (o.Day.ToString("yyyy-MM-dd"), o.Value)).ShouldBe(
            [("2025-07-02", 16.64), ("2025-07-03", 16.38), ("2025-07-04", null), ("2025-07-07", 17.79), ("2025-07-08", null)]);
        // Friday 4 July is a holiday: Thursday's value is public on Monday at 14:00 UTC.
        import.Observations[1].KnownTime.ShouldBe(Timestamp.Parse("2025-07-07T14:00:00Z"));
        var report = import.Report;
        (report.RowsRead, report.Accepted, report.Missing, report.Duplicates).ShouldBe((7, 3, 2, 1));
        report.Rejected["weekend_value"].ShouldBe(1);
        ImportFiles.ShouldAddUp(report);
    }

    [Theory]
    [InlineData("DATE,DFF\n2021-07-24,0.10\n", null, "DFF")]
    [InlineData("date,value\n2025-10-01,4.09\n", "FEDFUNDS", "FEDFUNDS")]
    [InlineData("DATE,OPEN,HIGH,LOW,CLOSE\r\n07/22/2026,17.4,19.4,16.6,16.64\r\n", "VIX", "VIXCLS")]
    [InlineData("date,dxy\n2026-02-12,96.9300003051758\n", null, "DX-Y.NYB")]
    [InlineData("observation_date,DGS2,DGS10\n2026-02-12,1,2\n", "TREASURY_10Y", "DGS10")]
    public void Every_header_is_understood(string text, string? asked, string expected)
    {
        var import = Read(files.Write("x.csv", text), asked);
        import.SeriesId.ShouldBe(expected);
        import.Observations.ShouldHaveSingleItem().Value.ShouldNotBeNull();
    }

    [Fact]
    public void Cboe_gives_the_close_and_a_file_name_tells_the_series()
    {
        Read(files.Write("vix-daily.csv", "DATE,OPEN,HIGH,LOW,CLOSE\r\n2026-07-22,17.42,19.49,16.64,16.65\r\n")).Observations[0].Value.ShouldBe(16.65);
        Read(files.Write("FEDFUNDS_date_value.csv", "date,value\n2025-10-01,4.09\n")).SeriesId.ShouldBe("FEDFUNDS");
        Should.Throw<ConfigurationException>(() => Read(files.Write("x.csv", "date,value\n2025-10-01,4.09\n"))).Message.ShouldContain("--series");
    }

    [Fact]
    public void The_dollar_index_of_ICE_is_not_taken_for_the_broad_one() =>
        Should.Throw<DataValidationException>(() => Read(files.Write("dxy.csv", "date,dxy\n2026-02-12,96.93\n"), "DXY")).Message.ShouldContain("DTWEXBGS");

    [Fact]
    public void The_first_version_keeps_its_flags_and_loses_its_test_values()
    {
        var import = Read(ImportFiles.Fixture("original_macro.csv"));
        (import.Report.RowsRead, import.Report.Accepted, import.Report.Missing).ShouldBe((6, 4, 1));
        import.Report.Rejected["hand_made"].ShouldBe(1);
        import.Observations.Select(o => (o.IsForwardFilled, o.IsInterpolated)).ShouldBe([(false, false), (true, false), (false, true), (false, false), (false, false)]);
        // The interpolated Sunday needs Monday's value, public on Tuesday.
        import.Observations[2].KnownTime.ShouldBe(Timestamp.Parse("2025-06-24T14:00:00Z"));
    }

    [Theory]
    [InlineData("date,open,high,low,close,volume\n2024-01-01,1,2,3,4,5\n")]
    [InlineData("observation_date,VIXCLS\n")]
    [InlineData("1,2\n")]
    public void Other_files_are_refused(string text) => Should.Throw<DataValidationException>(() => Read(files.Write("x.csv", text)));

    [Fact]
    public void An_unknown_series_is_named_with_what_is_near() =>
        Should.Throw<ConfigurationException>(() => Read(files.Write("x.csv", "observation_date,DGS11\n2024-01-01,1\n"))).Message.ShouldContain("DGS1");

    private static MacroImport Read(string path, string? series = null) => MacroFileReader.Read(path, new MacroImportOptions { AsOf = ImportFiles.Now, Series = series });
}
