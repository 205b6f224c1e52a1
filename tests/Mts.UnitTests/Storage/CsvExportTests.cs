using System.Globalization;
using System.IO.Compression;
using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

public sealed class CsvExportTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_ISO_times_and_plain_numbers()
    {
        var path = folder.File("btc.csv");

        CsvExport.Write(BarSeries.From(BtcDaily, true, [new Bar(Day(0), 42_283.58, 1e16, 1e-8, 44_179.55, 0), Daily(1)]), path);

        File.ReadAllText(path).ShouldBe(
            "timestamp,open,high,low,close,volume\n" +
            "2024-01-01T00:00:00Z,42283.58,10000000000000000,0.00000001,44179.55,0\n" +
            "2024-01-02T00:00:00Z,99,102,97,100,5\n");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void Leaves_the_volume_out_where_the_series_has_none()
    {
        var path = folder.File("btc.csv");

        CsvExport.Write(BarSeries.From(BtcDaily, false, [Daily(0, volume: double.NaN)]), path);

        File.ReadAllText(path).ShouldBe("timestamp,open,high,low,close\n2024-01-01T00:00:00Z,99,102,97,100\n");
    }

    [Fact]
    public void Zips_by_the_files_ending()
    {
        var series = BarSeries.From(BtcDaily, true, [.. Enumerable.Range(0, 5_000).Select(d => Daily(d, 100 + (d / 7.0)))]);
        CsvExport.Write(series, folder.File("btc.csv"));
        CsvExport.Write(series, folder.File("btc.csv.gz"));

        using var unzipped = new StreamReader(new GZipStream(File.OpenRead(folder.File("btc.csv.gz")), CompressionMode.Decompress));
        unzipped.ReadToEnd().ShouldBe(File.ReadAllText(folder.File("btc.csv")));
    }

    [Fact]
    public void Refuses_another_ending() =>
        Should.Throw<ConfigurationException>(() => CsvExport.Write(BarSeries.From(BtcDaily, true, []), folder.File("btc.parquet")));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.25e-7, "0.000000125")]
    [InlineData(-1e-5, "-0.00001")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.25e16, "12500000000000000")]
    [InlineData(123456789012345680, "123456789012345680")]
    public void A_number_has_no_exponent(double value, string expected) => Format(value).ShouldBe(expected);

    [Fact]
    public void Any_number_reads_back_equal()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value)) continue;
            var text = Format(value);
            text.ShouldNotContain("E");
            double.Parse(text, CultureInfo.InvariantCulture).ShouldBe(value);
        }
    }

    private static string Format(double value)
    {
        Span<byte> buffer = stackalloc byte[400];
        return Encoding.UTF8.GetString(buffer[..PlainNumber.Format(value, buffer)]);
    }
}
