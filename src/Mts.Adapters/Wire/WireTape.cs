using System.Text.Json;
using System.Text.Unicode;

namespace Mts.Adapters.Wire;

/// <summary>One value of a document: where it stands, and where what is inside it ends.</summary>
internal struct WireNode
{
    /// <summary>First byte of the name, 0 in a list.</summary>
    public int Name;

    public int NameLength;

    /// <summary>First byte of the value, of a text the one after the quote.</summary>
    public int Start;

    /// <summary>Bytes of a text or a number; 0 for lists and objects.</summary>
    public int Length;

    /// <summary>The node after everything inside this one.</summary>
    public int End;

    public JsonTokenType Type;

    public bool IsEscaped;
}

/// <summary>
/// A document as a list of its values, each before what is inside it. Strict: one document, UTF-8, no name twice in an object, no escape in a
/// name, no half characters, bounded in depth and number. The list is used again for the next document, so that reading allocates nothing.
/// </summary>
internal sealed class WireTape
{
    private const int MostNodes = 131_072;
    private const int MostFields = 256;
    private const int MostDepth = 16;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MostDepth };

    private readonly int[] open = new int[MostDepth + 1];
    private readonly int[] fields = new int[MostDepth + 1];
    private WireNode[] nodes = new WireNode[256];
    private int count;
    private int depth;
    private int name;
    private int nameLength;

    public ref readonly WireNode this[int node] => ref nodes[node];

    /// <returns>What is wrong with the document, or null; then node 0 is its root.</returns>
    public string? Read(ReadOnlySpan<byte> document)
    {
        if (!Utf8.IsValid(document)) return FrameProblem.NotUtf8;
        (count, depth, nameLength) = (0, 0, 0);
        try
        {
            var reader = new Utf8JsonReader(document, Strict);
            while (reader.Read())
            {
                if (Take(ref reader, document) is { } problem) return problem;
            }

            return null;
        }
        catch (JsonException)
        {
            return FrameProblem.BrokenJson;
        }
    }

    private string? Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> document)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                return TakeName(ref reader, document);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (count >= MostNodes) return FrameProblem.TooLarge;
                open[depth] = count;
                fields[depth++] = 0;
                Add(reader.TokenType, (int)reader.TokenStartIndex, 0, isEscaped: false);
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                nodes[open[--depth]].End = count;
                return null;
            default:
                if (count >= MostNodes) return FrameProblem.TooLarge;
                var isText = reader.TokenType == JsonTokenType.String;
                if (isText && reader.ValueIsEscaped && EscapedText.HasHalfCharacter(reader.ValueSpan)) return FrameProblem.HalfCharacter;
                Add(reader.TokenType, (int)reader.TokenStartIndex + (isText ? 1 : 0), reader.ValueSpan.Length, reader.ValueIsEscaped);
                return null;
        }
    }

    private string? TakeName(ref Utf8JsonReader reader, ReadOnlySpan<byte> document)
    {
        if (reader.ValueIsEscaped) return FrameProblem.EscapedName;
        if (++fields[depth - 1] > MostFields) return FrameProblem.TooLarge;
        var taken = reader.ValueSpan;
        for (var node = open[depth - 1] + 1; node < count; node = nodes[node].End)
        {
            ref readonly var known = ref nodes[node];
            if (known.NameLength == taken.Length && document.Slice(known.Name, taken.Length).SequenceEqual(taken)) return FrameProblem.NameTwice;
        }

        (name, nameLength) = ((int)reader.TokenStartIndex + 1, taken.Length);
        return null;
    }

    private void Add(JsonTokenType type, int start, int length, bool isEscaped)
    {
        if (count == nodes.Length) Array.Resize(ref nodes, nodes.Length * 2);
        nodes[count] = new WireNode
        {
            Name = name, NameLength = nameLength, Start = start, Length = length, End = count + 1, Type = type, IsEscaped = isEscaped,
        };
        count++;
        nameLength = 0;
    }
}
