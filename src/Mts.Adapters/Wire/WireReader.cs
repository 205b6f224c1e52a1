using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mts.Adapters.Wire;

/// <summary>Reads a service's JSON token by token: fields in any order, unknown ones skipped, wrong types refused with a sample of the body.</summary>
/// <remarks>It stands on a value or on a field's name; reading a value from a name steps onto the value first.</remarks>
internal ref struct WireReader
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly ReadOnlySpan<byte> body;
    private readonly string what;
    private Utf8JsonReader reader;

    /// <param name="body">One JSON document.</param>
    /// <param name="what">Names the answer in errors: <c>binance klines</c>.</param>
    public WireReader(ReadOnlySpan<byte> body, string what)
    {
        this.body = body;
        this.what = what;
        reader = new Utf8JsonReader(body);
        Step();
    }

    public void StartArray() => Expect(JsonTokenType.StartArray, "a list");

    public void StartObject() => Expect(JsonTokenType.StartObject, "an object");

    /// <summary>Steps to the list's next item; false at its end.</summary>
    public bool NextItem()
    {
        Step();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Steps to the object's next name; false at its end.</summary>
    public bool NextField()
    {
        Step();
        return reader.TokenType != JsonTokenType.EndObject;
    }

    /// <summary>Whether the name it stands on is <paramref name="name"/>, in the same case.</summary>
    public readonly bool IsField(ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    /// <summary>Passes over the value, whatever it is.</summary>
    public void Skip()
    {
        try
        {
            reader.Skip();
        }
        catch (JsonException broken)
        {
            throw Fail("broken JSON", broken);
        }
    }

    /// <summary>Demands one more item in a list of known length.</summary>
    public void Item(string name)
    {
        if (!NextItem()) throw Fail($"the row ends before {name}");
    }

    /// <summary>Passes over what is left of a list.</summary>
    public void SkipItems()
    {
        while (NextItem()) Skip();
    }

    public string Text()
    {
        Expect(JsonTokenType.String, "text");
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException invalid)
        {
            throw Fail("text that is no UTF-8", invalid);
        }
    }

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

    /// <summary>An integer in quotes.</summary>
    public long QuotedInteger()
    {
        var digits = Quoted();
        return Utf8Parser.TryParse(digits, out long value, out var consumed) && consumed == digits.Length
            ? value
            : throw Fail("expected an integer in quotes");
    }

    public Timestamp Milliseconds() => ToTime(Integer());

    public Timestamp QuotedMilliseconds() => ToTime(QuotedInteger());

    /// <summary>A number in quotes as the nearest double; never NaN or infinite.</summary>
    public double Number()
    {
        // Not Utf8Parser: with zeros at the end it rounds 9007199254740993.0 to the odd neighbour.
        return double.TryParse(Quoted(), Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Fail("expected a finite number in quotes");
    }

    /// <summary>A number in quotes, exactly, without trailing zeros.</summary>
    public decimal Exact()
    {
        var digits = Quoted();
        if (!decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var value)) throw Fail("expected a number in quotes");
        if (!DecimalDigits.Fit(digits)) throw Fail("a number with more digits than can be kept exactly");
        return value / 1.0000000000000000000000000000m;
    }

    /// <summary>As <see cref="Number"/>; null for <c>""</c>, which the venues write for "none".</summary>
    public double? NumberOrNone() => IsEmptyText() ? null : Number();

    /// <summary>As <see cref="Exact"/>; null for <c>""</c>.</summary>
    public decimal? ExactOrNone() => IsEmptyText() ? null : Exact();

    /// <summary>Whether the value is <c>""</c>; the reader stays on it.</summary>
    public bool IsEmptyText()
    {
        StepOntoValue();
        return reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty;
    }

    public bool IsNull()
    {
        StepOntoValue();
        return reader.TokenType == JsonTokenType.Null;
    }

    /// <exception cref="DataValidationException">The field was not there.</exception>
    public readonly T Require<T>(T? value, string field)
        where T : struct => value ?? throw Missing(field);

    /// <inheritdoc cref="Require{T}(T?, string)"/>
    public readonly T Require<T>(T? value, string field)
        where T : class => value ?? throw Missing(field);

    public readonly DataValidationException Fail(string problem, Exception? cause = null) =>
        new($"{what}: {problem} at byte {reader.TokenStartIndex} of {body.Length}: {BodySample.Around(body, (int)reader.TokenStartIndex)}", cause);

    private readonly DataValidationException Missing(string field) => Fail($"'{field}' is missing in what ends");

    private void Step()
    {
        try
        {
            if (!reader.Read()) throw Fail("the answer ends too early");
        }
        catch (JsonException broken)
        {
            throw Fail("broken JSON", broken);
        }
    }

    private void StepOntoValue()
    {
        if (reader.TokenType == JsonTokenType.PropertyName) Step();
    }

    private void Expect(JsonTokenType type, string name)
    {
        StepOntoValue();
        if (reader.TokenType != type) throw Fail($"expected {name}, found {reader.TokenType}");
    }

    private ReadOnlySpan<byte> Quoted()
    {
        Expect(JsonTokenType.String, "a number in quotes");
        return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Text()) : reader.ValueSpan;
    }

    private readonly Timestamp ToTime(long milliseconds) =>
        milliseconds >= 0 && milliseconds <= Timestamp.MaxValue.UnixMilliseconds
            ? Timestamp.FromUnixMilliseconds(milliseconds)
            : throw Fail("expected a time in Unix milliseconds");
}
