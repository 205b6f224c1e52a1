using System.Globalization;
using System.Text;
using Mts.Adapters.Wire;
using Mts.Core;

namespace Mts.UnitTests.Adapters.Wire;

public sealed class WireReaderTests
{
    // The bits were computed elsewhere, with exact fractions.
    [Theory]
    [InlineData("0.1", 0x3FB999999999999A)]
    [InlineData("1.5E-6", 0x3EB92A737110E454)]
    [InlineData("9007199254740993", 0x4340000000000000)] // Halfway between two doubles: the even one.
    [InlineData("9007199254740993.00000000", 0x4340000000000000)]
    [InlineData("9007199254740993.00000001", 0x4340000000000001)]
    [InlineData("42283.58000000", 0x40E4A572_8F5C28F6)]
    [InlineData("2.2250738585072011e-308", 0x000FFFFFFFFFFFFF)] // The number that hung parsers of old.
    [InlineData("0.1000000000000000055511151231257827021181583404541015625", 0x3FB999999999999A)]
    public void Reads_a_number_as_the_nearest_double(string text, long bits) => BitConverter.DoubleToInt64Bits(Number(text)).ShouldBe(bits);

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e400")]
    [InlineData("1,5")]
    [InlineData("1.5 ")]
    [InlineData("0x10")]
    [InlineData("1.5.2")]
    [InlineData("∞")]
    public void Refuses_what_is_no_finite_number(string text) => Should.Throw<DataValidationException>(() => Number(text));

    [Theory]
    [InlineData("0.01000000", "0.01")]
    [InlineData("1E-8", "0.00000001")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("0.00000000", "0")]
    [InlineData("0e-99", "0")]
    [InlineData("1234567890123456789.123456789", "1234567890123456789.123456789")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void Reads_a_number_exactly_and_without_trailing_zeros(string text, string expected) =>
        Exact(text).ToString(CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e-40")]
    [InlineData("1e400")]
    [InlineData("1.23456789012345678901234567890")]
    [InlineData("NaN")]
    [InlineData("")]
    public void Refuses_a_number_that_cannot_be_kept_exactly(string text) => Should.Throw<DataValidationException>(() => Exact(text));

    [Fact]
    public void Reads_integers_of_64_bits_and_no_more()
    {
        Integer("9223372036854775807").ShouldBe(long.MaxValue);
        foreach (var wrong in new[] { "9223372036854775808", "1.0", "1e3", "\"1\"", "null" }) Should.Throw<DataValidationException>(() => Integer(wrong));
    }

    [Fact]
    public void Reads_digits_written_as_escapes() => Number("\\u0031.5").ShouldBe(1.5);

    [Fact]
    public void Says_what_it_expected_where_and_shows_a_piece_of_the_body()
    {
        var error = Should.Throw<DataValidationException>(() => Integer("[\"surprise\"]"));
        error.Message.ShouldContain("test: expected an integer, found StartArray at byte 0 of 12");
        error.Message.ShouldContain("[\"surprise\"]");
    }

    [Theory]
    [InlineData("0.1", 0x3FB999999999999A)]
    [InlineData("9007199254740993.0", 0x4340000000000000)]
    [InlineData("9007199254740993.00000001", 0x4340000000000001)]
    public void Reads_a_bare_number_as_the_nearest_double(string json, long bits) =>
        BitConverter.DoubleToInt64Bits(new WireReader(Encoding.UTF8.GetBytes(json), "test").Number()).ShouldBe(bits);

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void Refuses_what_is_no_bare_finite_number(string json) =>
        Should.Throw<DataValidationException>(() => new WireReader(Encoding.UTF8.GetBytes(json), "test").Number());

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\ud800ab":1}""")]
    public void Refuses_a_name_that_is_no_text(string json) => Should.Throw<DataValidationException>(() =>
    {
        var reader = new WireReader(Encoding.UTF8.GetBytes(json), "test");
        reader.StartObject();
        _ = reader.NextField() && reader.IsField("ab"u8);
    });

    private static double Number(string text) => new WireReader(Encoding.UTF8.GetBytes($"\"{text}\""), "test").QuotedNumber();

    private static decimal Exact(string text) => new WireReader(Encoding.UTF8.GetBytes($"\"{text}\""), "test").Exact();

    private static long Integer(string json) => new WireReader(Encoding.UTF8.GetBytes(json), "test").Integer();
}
