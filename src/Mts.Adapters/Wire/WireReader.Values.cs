using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mts.Adapters.Wire;

/// <content>The values, each refused where it is not of the type asked for.</content>
internal ref partial struct WireReader
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public string Text()
    {
        Expect(JsonTokenType.String, "text");
        return Decoded();
    }

    public string? TextOrNull() => IsNull() ? null : Text();

    public bool Boolean()
    {
        StepOntoValue();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Fail("expected true or false"),
        };
    }

    /// <summary>A JSON integer of at most 64 bits.</summary>
    public long Integer()
    {
        Expect(JsonTokenType.Number, "an integer");
        return reader.TryGetInt64(out var value) ? value : throw Fail("expected an integer of at most 64 bits");
    }

    /// <summary>A JSON integer of at most 32 bits.</summary>
    public int Int32() => Integer() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Fail("expected an integer of at most 32 bits");

    /// <summary>An integer in quotes.</summary>
    public long QuotedInteger()
    {
        var digits = Quoted();
        return Utf8Parser.TryParse(digits, out long value, out var consumed) && consumed == digits.Length
            ? value
            : throw Fail("expected an integer in quotes");
    }

    public Timestamp Seconds() =>
        Integer() is >= 0 and var seconds && seconds <= Timestamp.MaxValue.UnixMilliseconds / 1_000
            ? Timestamp.FromUnixSeconds(seconds)
            : throw Fail("expected a time in Unix seconds");

    public Timestamp Milliseconds() => ToTime(Integer());

    public Timestamp QuotedMilliseconds() => ToTime(QuotedInteger());

    /// <summary>A JSON number as the nearest double; never NaN or infinite.</summary>
    public double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        return ToDouble(reader.ValueSpan) ?? throw Fail("expected a number that a double can hold");
    }

    public double? NumberOrNull() => IsNull() ? null : Number();

    /// <summary>A number in quotes as the nearest double; never NaN or infinite.</summary>
    public double QuotedNumber() => ToDouble(Quoted()) ?? throw Fail("expected a finite number in quotes");

    /// <summary>A number in quotes, exactly, without trailing zeros.</summary>
    public decimal Exact()
    {
        var digits = Quoted();
        if (!decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var value)) throw Fail("expected a number in quotes");
        if (!DecimalDigits.Fit(digits)) throw Fail("a number with more digits than can be kept exactly");
        return value / 1.0000000000000000000000000000m;
    }

    /// <summary>As <see cref="QuotedNumber"/>; null for <c>""</c>, which the venues write for "none".</summary>
    public double? QuotedNumberOrNone() => IsText(""u8) ? null : QuotedNumber();

    /// <summary>As <see cref="Exact"/>; null for <c>""</c>.</summary>
    public decimal? ExactOrNone() => IsText(""u8) ? null : Exact();

    /// <summary>Whether the value is that text; the reader stays on it.</summary>
    public bool IsText(ReadOnlySpan<byte> text)
    {
        StepOntoValue();
        if (reader.TokenType != JsonTokenType.String) return false;
        DemandWholeCharacters();
        return reader.ValueTextEquals(text);
    }

    public bool IsNumber()
    {
        StepOntoValue();
        return reader.TokenType == JsonTokenType.Number;
    }

    public bool IsNull()
    {
        StepOntoValue();
        return reader.TokenType == JsonTokenType.Null;
    }

    // Not Utf8Parser: with zeros at the end it rounds 9007199254740993.0 to the odd neighbour; Utf8JsonReader.GetDouble stands on it.
    private static double? ToDouble(ReadOnlySpan<byte> digits) =>
        double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private ReadOnlySpan<byte> Quoted()
    {
        Expect(JsonTokenType.String, "a number in quotes");
        return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Text()) : reader.ValueSpan;
    }

    private readonly Timestamp ToTime(long milliseconds) =>
        milliseconds >= 0 && milliseconds <= Timestamp.MaxValue.UnixMilliseconds
            ? Timestamp.FromUnixMilliseconds(milliseconds)
            : throw Fail("expected a time in Unix milliseconds");

    // Comparing text to half a surrogate pair would throw what only a bug may throw.
    private readonly void DemandWholeCharacters()
    {
        if (reader.ValueIsEscaped) _ = Decoded();
    }

    private readonly string Decoded()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException invalid)
        {
            throw Fail("text that is no UTF-8", invalid);
        }
    }
}
