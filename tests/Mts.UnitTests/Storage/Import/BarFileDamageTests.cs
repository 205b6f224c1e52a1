using System.Globalization;
using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

public sealed class BarFileDamageTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("zip")]
    public void A_file_that_breaks_off_anywhere_gives_the_rows_before_and_never_half_a_row(string container)
    {
        var text = Encoding.UTF8.GetBytes(PlainRows(30));
        var whole = container switch { "gzip" => ImportFiles.Gzip(text), "zip" => ImportFiles.Zip(("ABCUSDT.csv", text)), _ => text };
        var expected = ImportFiles.Bars(files.Write("ABCUSDT.csv", whole)).Series;
        expected.Length.ShouldBe(30);
        var most = 0;
        for (var length = 1; length < whole.Length; length++)
        {
            if (TryRead(files.Write("ABCUSDT.csv", whole[..length])) is not { } cut) continue;
            most = Math.Max(most, cut.Series.Length);
            for (var i = 0; i < cut.Series.Length; i++) cut.Series[i].ShouldBe(expected[i], $"cut at {length}");
            if (container != "plain") cut.Report.Truncated.ShouldBeTrue($"cut at {length}");
            ImportFiles.ShouldAddUp(cut.Report);
        }

        most.ShouldBeGreaterThan(27);
    }

    [Fact]
    public void A_last_row_without_line_end_counts_where_its_decimals_show_it_whole()
    {
        var rows = PlainRows(5).TrimEnd('\n');
        ImportFiles.Bars(files.Write("ABCUSDT.csv", rows)).Report.Accepted.ShouldBe(5);
        var (_, _, report) = ImportFiles.Bars(files.Write("ABCUSDT.csv", rows[..^1]));
        report.Accepted.ShouldBe(4);
        report.Rejected["unterminated_row"].ShouldBe(1);
        report.Truncated.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_damage_is_refused_or_counted_and_never_let_through(int seed)
    {
        var random = new Random(seed);
        var cdd = File.ReadAllBytes(ImportFiles.Fixture("Binance_ABCUSDT_1h.csv"));
        var archive = File.ReadAllBytes(ImportFiles.Fixture("ABCUSDT-1m-2024-12.csv"));
        var plain = Encoding.UTF8.GetBytes(PlainRows(40));
        byte[][] good = [cdd, archive, plain, ImportFiles.Gzip(plain), ImportFiles.Zip(("ABCUSDT.csv", cdd))];
        var read = 0;
        for (var i = 0; i < 400; i++)
        {
            var damaged = Damage(good[random.Next(good.Length)], random);
            if (TryRead(files.Write("ABCUSDT.csv", damaged)) is not { } import) continue;
            read++;
            ImportFiles.ShouldAddUp(import.Report);
            import.Report.MissingBars.ShouldBe(import.Report.Gaps.Sum(g => g.Bars));
            import.Revisions.Count.ShouldBe(import.Report.Conflicts);
            for (var b = 0; b < import.Series.Length; b++) BarRules.Broken(import.Series[b], import.Series.Key.Interval, ImportFiles.Now, import.Series.HasVolume).ShouldBeNull();
        }

        read.ShouldBeGreaterThan(50);
    }

    private static BarImport? TryRead(string path)
    {
        try
        {
            return BarFileReader.Read([path], ImportFiles.Options(symbol: "ABC/USDT"));
        }
        catch (DataValidationException e)
        {
            e.Message.ShouldNotBeNullOrWhiteSpace();
            return null;
        }
    }

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 10; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = (byte)"0123456789,.-\n\" eN"[random.Next(18)]; break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static string PlainRows(int count)
    {
        var random = new Random(7);
        var text = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (var i = 0; i < count; i++)
        {
            var time = Timestamp.Parse("2024-01-01") + TimeSpan.FromHours(i);
            var open = 100 + random.Next(20);
            text.Append(CultureInfo.InvariantCulture, $"{time.UnixMilliseconds},{open}.5,{open + 2}.25,{open - 2}.125,{open + 1}.5,{random.Next(1, 99)}.{random.Next(100, 999)}\n");
        }

        return text.ToString();
    }
}
