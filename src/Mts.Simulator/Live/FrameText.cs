using System.Buffers.Text;
using Mts.Simulator.Http;

namespace Mts.Simulator.Live;

/// <summary>Builds one frame after another in the same memory; nothing is allocated once it is large enough.</summary>
internal sealed class FrameText
{
    private byte[] buffer = new byte[16_384];

    public int Length { get; set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public ReadOnlySpan<byte> From(int start) => buffer.AsSpan(start, Length - start);

    public FrameText Clear()
    {
        Length = 0;
        return this;
    }

    public FrameText Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
        return this;
    }

    public FrameText Raw(string ascii)
    {
        Length += System.Text.Encoding.UTF8.GetBytes(ascii, Room(ascii.Length * 3));
        return this;
    }

    public FrameText Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var count);
        Length += count;
        return this;
    }

    public FrameText Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A decimal string in quotes: 963554 with 2 decimals, 8 shown, is <c>"9635.54000000"</c>; shown -1 drops trailing zeros.</summary>
    public FrameText Fixed(Int128 units, int decimals, int shown)
    {
        var room = Room(64);
        room[0] = (byte)'"';
        var count = Json.Format(units, decimals, shown, room[1..]);
        room[count + 1] = (byte)'"';
        Length += count + 2;
        return this;
    }

    public FrameText Quoted(string ascii) => Raw("\""u8).Raw(ascii).Raw("\""u8);

    private Span<byte> Room(int count)
    {
        if (Length + count > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + count));
        return buffer.AsSpan(Length);
    }
}
