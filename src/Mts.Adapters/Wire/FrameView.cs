using System.Globalization;
using System.Text.Json;
using Mts.Core.Books;

namespace Mts.Adapters.Wire;

/// <summary>
/// Reads the fields of a document that stands on a <see cref="WireTape"/>. The first thing wrong is remembered and everything read after it is
/// worthless, so that whoever reads asks for <see cref="Problem"/> once, at the end. Nothing throws, nothing allocates.
/// </summary>
internal ref partial struct FrameView(WireTape tape, ReadOnlySpan<byte> document)
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly ReadOnlySpan<byte> document = document;
    private NumberScale scale;
    private bool measures;
    private int leastPrice, mostPrice, leastSize, mostSize;

    /// <summary>What is wrong first; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>A number of the instrument did not fit its scale.</summary>
    public bool IsUnfit { get; private set; }

    public void Fail(string problem) => Problem ??= problem;

    public readonly JsonTokenType TypeOf(int node) => node < 0 ? JsonTokenType.None : tape[node].Type;

    public readonly int EndOf(int node) => tape[node].End;

    /// <summary>Whether the list begins with so many values that are neither lists nor objects, so that its nodes follow one another.</summary>
    public readonly bool IsFlat(int list, int most)
    {
        if (EndOf(list) - list <= most) return false;
        for (var node = list + 1; node <= list + most; node++)
        {
            if (EndOf(node) != node + 1) return false;
        }

        return true;
    }

    /// <summary>The field's node, or −1 where the object has none of that name or is no object.</summary>
    public readonly int Find(int parent, ReadOnlySpan<byte> name)
    {
        if (TypeOf(parent) != JsonTokenType.StartObject) return -1;
        var end = tape[parent].End;
        for (var node = parent + 1; node < end; node = tape[node].End)
        {
            ref readonly var field = ref tape[node];
            if (field.NameLength == name.Length && document.Slice(field.Name, name.Length).SequenceEqual(name)) return node;
        }

        return -1;
    }

    /// <summary>The field's node; a problem where it is missing.</summary>
    public int Field(int parent, ReadOnlySpan<byte> name)
    {
        var node = Find(parent, name);
        if (node < 0) Fail(FrameProblem.Missing);
        return node;
    }

    public readonly bool Is(int node, ReadOnlySpan<byte> text) => TypeOf(node) == JsonTokenType.String && !tape[node].IsEscaped && Raw(node).SequenceEqual(text);

    /// <summary>A text without escapes; empty with a problem where it is something else.</summary>
    public ReadOnlySpan<byte> Text(int node)
    {
        if (TypeOf(node) == JsonTokenType.String && !tape[node].IsEscaped) return Raw(node);
        Fail(node < 0 ? FrameProblem.Missing : FrameProblem.WrongType);
        return default;
    }

    public ReadOnlySpan<byte> Text(int parent, ReadOnlySpan<byte> name) => Text(Field(parent, name));

    /// <summary>An empty text or null, with which the venues write "none".</summary>
    public readonly bool IsNone(int node) => TypeOf(node) == JsonTokenType.Null || Is(node, ""u8);

    /// <summary>The node, if it is a list; else the root, with a problem.</summary>
    public int List(int node)
    {
        if (TypeOf(node) == JsonTokenType.StartArray) return node;
        Fail(node < 0 ? FrameProblem.Missing : FrameProblem.NoList);
        return 0;
    }

    public bool Boolean(int parent, ReadOnlySpan<byte> name)
    {
        var type = TypeOf(Field(parent, name));
        if (type is not (JsonTokenType.True or JsonTokenType.False)) Fail(FrameProblem.WrongType);
        return type == JsonTokenType.True;
    }

    /// <summary>A whole number from 0 to 2⁶³−1, written without point or exponent.</summary>
    public long Integer(int node)
    {
        if (TypeOf(node) == JsonTokenType.Number) return Digits(Raw(node));
        Fail(node < 0 ? FrameProblem.Missing : FrameProblem.WrongType);
        return 0;
    }

    public long Integer(int parent, ReadOnlySpan<byte> name) => Integer(Field(parent, name));

    /// <summary>Milliseconds or microseconds, told apart by their size.</summary>
    public Timestamp Time(int node) => ToTime(Integer(node));

    public Timestamp Time(int parent, ReadOnlySpan<byte> name) => Time(Field(parent, name));

    /// <summary>As <see cref="Time(int)"/>, the digits in quotes.</summary>
    public Timestamp QuotedTime(int node) => ToTime(Digits(Text(node)));

    /// <summary>A number in quotes as the nearest double, finite.</summary>
    public double Number(int node)
    {
        if (double.TryParse(Text(node), Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        Fail(FrameProblem.NotANumber);
        return 0;
    }

    public double Number(int parent, ReadOnlySpan<byte> name) => Number(Field(parent, name));

    /// <summary>A price as a double, above zero.</summary>
    public double PriceNumber(int node)
    {
        var value = Number(node);
        if (value <= 0) Fail(FrameProblem.OutOfRange);
        return value;
    }

    public readonly ReadOnlySpan<byte> Raw(int node) => document.Slice(tape[node].Start, tape[node].Length);

    private long Digits(ReadOnlySpan<byte> text)
    {
        var value = 0L;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9 || value > (long.MaxValue - digit) / 10)
            {
                Fail(digit > 9 ? FrameProblem.WrongType : FrameProblem.OutOfRange);
                return 0;
            }

            value = (value * 10) + digit;
        }

        if (text.IsEmpty) Fail(FrameProblem.WrongType);
        return value;
    }

    private Timestamp ToTime(long value)
    {
        if (Problem is not null) return default;
        if (!WireTime.TryRead(value, out var time)) Fail(FrameProblem.BadTime);
        return time;
    }
}
