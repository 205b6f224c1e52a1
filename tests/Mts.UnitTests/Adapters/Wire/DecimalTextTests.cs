using System.Globalization;
using System.Text;
using Mts.Adapters.Wire;

namespace Mts.UnitTests.Adapters.Wire;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0.1", 8, 10_000_000)]
    [InlineData("0.10", 8, 10_000_000)]
    [InlineData(".1", 8, 10_000_000)]
    [InlineData("1e-1", 8, 10_000_000)]
    [InlineData("10E-2", 8, 10_000_000)]
    [InlineData("+0.1", 8, 10_000_000)]
    [InlineData("00.1000000000000000000000000000000000000000", 8, 10_000_000)]
    [InlineData("1E2", 0, 100)]
    [InlineData("100.", 0, 100)]
    [InlineData("1e+2", 0, 100)]
    [InlineData("83931.72", 8, 8_393_172_000_000)]
    [InlineData("-0", 8, 0)]
    [InlineData("-0.000", 8, 0)]
    [InlineData("0e999999999", 8, 0)]
    [InlineData("-1.5", 1, -15)]
    [InlineData("9223372036854775807", 0, 9_223_372_036_854_775_807)]
    [InlineData("0.000000000000000001", 18, 1)]
    public void Is_the_same_number_in_every_spelling(string text, int decimals, long units) => Read(text)!.Value.ToUnits(decimals).ShouldBe(units);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("--1")]
    [InlineData("1２")] // A full-width 2.
    [InlineData("1234567890123456789012345678901234567890")]
    public void Is_refused_where_it_is_no_number_or_has_too_many_digits(string text) => Read(text).ShouldBeNull();

    [Theory]
    [InlineData("1e400", 0)]
    [InlineData("1e-400", 18)]
    [InlineData("0.123", 2)]
    [InlineData("9223372036854775808", 0)]
    [InlineData("92233720369", 8)]
    public void Has_no_units_where_they_would_not_be_exact(string text, int decimals) => Read(text)!.Value.ToUnits(decimals).ShouldBeNull();

    [Theory]
    [InlineData("0.0000000012", 10, 18)]
    [InlineData("1234567890123", 0, 6)] // 1.2e12 × 1e6 is below 9.2e18, ten times as much is not.
    [InlineData("0", 0, 18)]
    [InlineData("1e30", 0, -1)]
    public void Tells_in_which_units_it_fits(string text, int least, int most) =>
        (Read(text)!.Value.LeastDecimals, Read(text)!.Value.MostDecimals).ShouldBe((least, most));

    [Fact]
    public void Means_what_decimal_means_for_random_numbers()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var number = new decimal(random.Next(), random.Next(1 << 20), 0, isNegative: random.Next(2) == 0, (byte)random.Next(0, 12));
            var text = random.Next(2) == 0 ? number.ToString(CultureInfo.InvariantCulture) : number.ToString("0.###############E+0", CultureInfo.InvariantCulture);
            if (text.Contains('E', StringComparison.Ordinal) && decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) != number) continue;
            var units = Read(text)!.Value.ToUnits(12);
            if (units is { } known) (known / 1_000_000_000_000m).ShouldBe(number, text);
            else Math.Abs(number).ShouldBeGreaterThan(9_223_372m, text);
        }
    }

    private static DecimalText? Read(string text) => DecimalText.TryRead(Encoding.UTF8.GetBytes(text), out var value) ? value : null;
}
