using System.Globalization;
using System.Text;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Text;

namespace Mts.UnitTests.Storage.Import;

public sealed class UsualRowsTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Numbers_are_rounded_like_the_library_rounds_them_or_left_to_others()
    {
        if (!UsualNumber.IsSupported) Assert.Skip("This processor lacks the instructions.");
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = Digits(random, random.Next(0, 18));
            if (random.Next(3) > 0) text = text.Insert(random.Next(text.Length + 1), ".");
            if (random.Next(20) == 0) text = text.Insert(random.Next(text.Length + 1), "-+eE./ \""[random.Next(8)].ToString());
            var bytes = Encoding.ASCII.GetBytes(text + "," + Digits(random, 40));
            if (!UsualNumber.TryRead(ref bytes[0], out var length, out var value)) continue;
            if (bytes[length] != ',') continue; // no number up to the comma: the row is left to others
            length.ShouldBe(text.Length, text);
            value.ShouldBe(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), text);
            read++;
        }

        read.ShouldBeGreaterThan(25_000);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Rows_between_unusual_ones_are_read_as_if_they_were_alone(string end)
    {
        var random = new Random(8);
        var (text, bars, bad, line) = (new StringBuilder("timestamp,open,high,low,close,volume" + end), new List<Bar>(), new List<int>(), 1);
        for (var i = 0; i < 20_000; i++)
        {
            var time = new Timestamp(Timestamp.Parse("2023-12-30").Micros + (i * Interval.Minute.Micros));
            var (low, high) = (random.Next(1, 900_000_000) / 1e4, 0.0);
            high = low + (random.Next(0, 90_000) / 1e4);
            var bar = new Bar(time, low, high, low, high, random.Next(0, 100_000_000) / 1e8);
            var row = string.Create(CultureInfo.InvariantCulture, $"{time},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Volume}");
            switch (random.Next(50))
            {
                case 0: row = row.Replace(",", ", ", StringComparison.Ordinal); break;
                case 1: row = "\"" + row.Replace(",", "\",\"", StringComparison.Ordinal) + "\""; break;
                case 2: row = row.Replace("Z", "+00:00", StringComparison.Ordinal); break;
                case 3: row = row.Replace('T', ' '); break;
                case 4:
                    text.Append(end);
                    line++;
                    break;
                case 5:
                    text.Append(row.Replace(":00Z", ":61Z", StringComparison.Ordinal)).Append(end);
                    bad.Add(++line);
                    break;
            }

            text.Append(row).Append(end);
            line++;
            bars.Add(bar);
        }

        var (series, _, report) = ImportFiles.Bars(files.Write("ABCUSDT.csv", text.ToString()), symbol: "ABC/USDT", interval: "1m");
        series.Length.ShouldBe(bars.Count);
        for (var i = 0; i < bars.Count; i++) series[i].ShouldBe(bars[i]);
        report.Rejected["unparsable"].ShouldBe(bad.Count);
        report.RejectedRows.Select(r => r.Line).ShouldBe(bad.Take(report.RejectedRows.Count));
        report.RowsRead.ShouldBe(bars.Count + bad.Count);
        report.TimeUnits.ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["text"] = bars.Count });
    }

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
}
