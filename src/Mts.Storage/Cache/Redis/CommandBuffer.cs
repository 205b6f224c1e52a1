using System.Buffers.Text;
using System.Text;

namespace Mts.Storage.Cache.Redis;

/// <summary>Commands as the server reads them: arrays of bulk strings, any number one after the other. Grows, and is used again.</summary>
internal sealed class CommandBuffer
{
    // What a burst needed once is given back.
    private const int Kept = 1 << 20;

    private byte[] bytes = new byte[1_024];

    public int Length { get; private set; }

    /// <summary>Commands begun since it was cleared.</summary>
    public int Commands { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <param name="arguments">How many follow, the command's name included.</param>
    public CommandBuffer Begin(int arguments)
    {
        Commands++;
        Head((byte)'*', arguments);
        return this;
    }

    public CommandBuffer Add(ReadOnlySpan<byte> argument)
    {
        Head((byte)'$', argument.Length);
        argument.CopyTo(Room(argument.Length + 2));
        Length += argument.Length;
        End();
        return this;
    }

    public CommandBuffer Add(string argument)
    {
        var length = Encoding.UTF8.GetByteCount(argument);
        Head((byte)'$', length);
        Length += Encoding.UTF8.GetBytes(argument, Room(length + 2));
        End();
        return this;
    }

    public CommandBuffer Add(long argument)
    {
        Span<byte> text = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(argument, text, out var length);
        return Add(text[..length]);
    }

    /// <summary>A whole command of texts.</summary>
    public CommandBuffer Command(params ReadOnlySpan<string> arguments)
    {
        Begin(arguments.Length);
        foreach (var argument in arguments) Add(argument);
        return this;
    }

    public void Append(CommandBuffer other)
    {
        other.bytes.AsSpan(0, other.Length).CopyTo(Room(other.Length));
        Length += other.Length;
        Commands += other.Commands;
    }

    public void Clear()
    {
        (Length, Commands) = (0, 0);
        if (bytes.Length > Kept) bytes = new byte[1_024];
    }

    private void Head(byte type, int count)
    {
        var room = Room(13);
        room[0] = type;
        _ = Utf8Formatter.TryFormat(count, room[1..], out var digits);
        Length += digits + 1;
        End();
    }

    private void End()
    {
        "\r\n"u8.CopyTo(bytes.AsSpan(Length));
        Length += 2;
    }

    private Span<byte> Room(int count)
    {
        if (Length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        return bytes.AsSpan(Length);
    }
}
