using System.Globalization;
using System.Text;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Text;

namespace Mts.UnitTests.Storage.Import;

public sealed class Utf8TextTests
{
    [Fact]
    public void Numbers_are_rounded_like_the_library_rounds_them()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.Next(1, 22);
            var text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));
            if (random.Next(3) > 0) text = text.Insert(random.Next(digits + 1), ".");
            if (random.Next(10) == 0) text = "-" + text;
            if (random.Next(10) == 0) text += "e-" + random.Next(1, 12).ToString(CultureInfo.InvariantCulture);
            Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out var value).ShouldBeTrue(text);
            value.ShouldBe(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), text);
            var position = 0;
            if (Utf8Number.TryTake(Encoding.UTF8.GetBytes(text + ",1"), ref position, out var taken))
            {
                taken.ShouldBe(value, text);
                position.ShouldBe(text.Length + 1);
            }
        }
    }

    [Fact]
    public void Times_are_those_of_the_calendar_and_a_wrong_letter_makes_none()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(-62_135_596_800, 253_402_300_799));
            var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Utf8Time.TryParse(Encoding.UTF8.GetBytes(text), out var micros, out _).ShouldBeTrue(text);
            micros.ShouldBe(time.ToUnixTimeMilliseconds() * 1_000, text);

            var at = random.Next(text.Length - 1);
            var broken = text[..at] + "x/:;A"[random.Next(5)] + text[(at + 1)..];
            if (broken != text && broken[10] != ' ') Utf8Time.TryParse(Encoding.UTF8.GetBytes(broken), out _, out _).ShouldBeFalse(broken);
        }

        foreach (var impossible in (string[])["2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-04-31T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:60:00Z", "0000-01-01T00:00:00Z"])
            Utf8Time.TryParse(Encoding.UTF8.GetBytes(impossible), out _, out _).ShouldBeFalse(impossible);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData("0x10")]
    [InlineData("1,2")]
    public void What_is_no_number_is_refused(string text)
    {
        Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
        var position = 0;
        if (!text.Contains(',', StringComparison.Ordinal)) Utf8Number.TryTake(Encoding.UTF8.GetBytes(text), ref position, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1735689600", "2025-01-01T00:00:00Z")]
    [InlineData("1735689600.0", "2025-01-01T00:00:00Z")]
    [InlineData("1735689600.25", "2025-01-01T00:00:00.250Z")]
    [InlineData("1735689600000", "2025-01-01T00:00:00Z")]
    [InlineData("1735689600000000", "2025-01-01T00:00:00Z")]
    [InlineData("1735689600000000000", "2025-01-01T00:00:00Z")]
    [InlineData("\"1735689600\"", "2025-01-01T00:00:00Z")]
    [InlineData("2025-01-01", "2025-01-01T00:00:00Z")]
    [InlineData("2025/01/01", "2025-01-01T00:00:00Z")]
    [InlineData("20250101", "2025-01-01T00:00:00Z")]
    [InlineData("20250101 13:05", "2025-01-01T13:05:00Z")]
    [InlineData("20250101 13:05:09", "2025-01-01T13:05:09Z")]
    [InlineData("2025-01-01 13:05:09", "2025-01-01T13:05:09Z")]
    [InlineData("2025-01-01T13:05:09Z", "2025-01-01T13:05:09Z")]
    [InlineData("2025-01-01 13:05:09.5 UTC", "2025-01-01T13:05:09.500Z")]
    [InlineData("2025-01-01T13:05:09+02:00", "2025-01-01T11:05:09Z")]
    [InlineData("2025-01-01 12-AM", "2025-01-01T00:00:00Z")]
    [InlineData("2025-01-01 01-AM", "2025-01-01T01:00:00Z")]
    [InlineData("2025-01-01 12-PM", "2025-01-01T12:00:00Z")]
    [InlineData("2025-01-01 11-PM", "2025-01-01T23:00:00Z")]
    public void Times_are_read_in_every_form(string text, string expected)
    {
        Utf8Time.TryParse(Encoding.UTF8.GetBytes(text), out var micros, out _).ShouldBeTrue();
        new Timestamp(micros).ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("86340000")]
    [InlineData("123456789")]
    [InlineData("2025-02-29")]
    [InlineData("2025-01-01 25:00")]
    [InlineData("2025-01-01 13-PM")]
    [InlineData("2025-01-01 1:05")]
    [InlineData("01/02/2025")]
    [InlineData("2025-01-01T13:05:09 CET")]
    [InlineData("yesterday")]
    public void What_is_no_time_is_refused(string text) => Utf8Time.TryParse(Encoding.UTF8.GetBytes(text), out _, out _).ShouldBeFalse();
}
