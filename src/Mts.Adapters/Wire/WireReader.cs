using System.Text.Json;

namespace Mts.Adapters.Wire;

/// <summary>Reads a service's JSON token by token: fields in any order, unknown ones skipped, wrong types refused with a sample of the body.</summary>
/// <remarks>It stands on a value or on a field's name; reading a value from a name steps onto the value first.</remarks>
internal ref partial struct WireReader
{
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

    public void StartArray() => Expect(JsonTokenType.StartArray, "a list (StartArray)");

    public void StartObject() => Expect(JsonTokenType.StartObject, "an object (StartObject)");

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
        if (reader.TokenType == JsonTokenType.EndObject) return false;
        DemandWholeCharacters();
        return true;
    }

    /// <summary>Whether the name it stands on is <paramref name="name"/>, in the same case.</summary>
    public readonly bool IsField(ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    /// <inheritdoc cref="IsField(ReadOnlySpan{byte})"/>
    public readonly bool IsField(string name) => reader.ValueTextEquals(name);

    /// <summary>The name it stands on, where names are data.</summary>
    public readonly string FieldName() => Decoded();

    /// <summary>All items of a list, each read from its first token.</summary>
    public List<T> Items<T>(WireRead<T> item)
    {
        var items = new List<T>();
        StartArray();
        while (NextItem()) items.Add(item(ref this));
        return items;
    }

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
}
