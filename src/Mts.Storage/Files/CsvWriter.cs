using System.Globalization;
using System.Text;
using Mts.Core.Market;

namespace Mts.Storage.Files;

/// <summary>Writes CSV (RFC 4180, line feeds, UTF-8) field by field; numbers in the shortest form that reads back equal, without exponent.</summary>
internal sealed class CsvWriter(Stream stream)
{
    private const int LongestNumber = 400;

    private readonly byte[] buffer = new byte[64 * 1024];
    private int used;
    private bool startsLine = true;

    public CsvWriter Add(string text)
    {
        var field = text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var room = Field(Encoding.UTF8.GetMaxByteCount(field.Length));
        used += Encoding.UTF8.GetBytes(field, room);
        return this;
    }

    public CsvWriter Add(long value)
    {
        value.TryFormat(Field(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        used += written;
        return this;
    }

    /// <summary>A whole number of a scale as a plain decimal, exact.</summary>
    public CsvWriter AddUnits(long units, int decimals)
    {
        var field = Field(LongestNumber);
        used += Core.Books.PlainNumber.Write(units, decimals, field);
        return this;
    }

    /// <summary>An empty field for null and NaN.</summary>
    public CsvWriter Add(double? value)
    {
        var field = Field(LongestNumber);
        if (value is { } number && !double.IsNaN(number)) used += PlainNumber.Format(number, field);
        return this;
    }

    /// <summary>ISO 8601 with <c>Z</c>; whole seconds unless there is a fraction.</summary>
    public CsvWriter Add(Timestamp time)
    {
        if (time.Micros % Timestamp.MicrosPerSecond != 0) return Add(time.ToString());
        time.ToDateTimeOffset().UtcDateTime.TryFormat(Field(LongestNumber), out var written, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        used += written;
        return this;
    }

    public void EndLine()
    {
        Room(1)[0] = (byte)'\n';
        used++;
        startsLine = true;
    }

    public void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }

    private Span<byte> Field(int most)
    {
        if (!startsLine)
        {
            Room(1)[0] = (byte)',';
            used++;
        }

        startsLine = false;
        return Room(most);
    }

    private Span<byte> Room(int most)
    {
        if (buffer.Length - used < most) Flush();
        if (buffer.Length < most) throw new ArgumentException($"A field of {most} bytes is too long.", nameof(most));
        return buffer.AsSpan(used);
    }
}
