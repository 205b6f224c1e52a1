using System.Buffers.Binary;
using System.Threading.Channels;
using Mts.Simulator.Live;
using Channel = System.Threading.Channels.Channel;

namespace Mts.Simulator.Sockets;

/// <summary>What is to be written to one client: whole WebSocket frames, one behind the other, with marks where something else is to be done.</summary>
internal sealed class Client
{
    private const int Congested = 1 << 20;
    private const int Hopeless = 64 << 20;

    private readonly Lock gate = new();
    private readonly Channel<bool> ready = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private byte[] buffer = new byte[16_384];
    private byte[] spare = new byte[16_384];
    private List<Mark> marks = [];
    private int length;

    public SimulatedConnection? Connection { get; set; }

    public bool IsCongested => Volatile.Read(ref length) > Congested;

    /// <summary>Takes a frame; never waits. A client that reads nothing for 64 MB is cut off.</summary>
    public void Enqueue(VenueFrame kind, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (length > Hopeless) marks.Add(new Mark(length, After.Reset));
            else Append(kind, payload);
        }

        Wake();
    }

    /// <summary>Lets the writer come to its end.</summary>
    public void Finish()
    {
        lock (gate) marks.Add(new Mark(length, After.End));
        Wake();
    }

    public async Task<(ReadOnlyMemory<byte> Bytes, IReadOnlyList<Mark> Marks)> TakeAsync(CancellationToken cancellationToken)
    {
        await ready.Reader.ReadAsync(cancellationToken);
        lock (gate)
        {
            var taken = (buffer.AsMemory(0, length), marks);
            (buffer, spare) = (spare, buffer);
            marks = [];
            length = 0;
            return taken;
        }
    }

    private void Wake() => ready.Writer.TryWrite(true);

    private void Append(VenueFrame kind, ReadOnlySpan<byte> payload)
    {
        if (kind == VenueFrame.Reset)
        {
            marks.Add(new Mark(length, After.Reset));
            return;
        }

        var start = length;
        Header(kind, payload.Length);
        var sent = kind == VenueFrame.Cut ? payload[..(payload.Length / 2)] : payload;
        sent.CopyTo(Room(sent.Length));
        length += sent.Length;
        if (kind == VenueFrame.Slow) marks.Add(new Mark(start, After.Drip));
        if (kind == VenueFrame.Slow) marks.Add(new Mark(length, After.Plain));
        if (kind == VenueFrame.Cut) marks.Add(new Mark(length, After.Reset));
        if (kind == VenueFrame.Close) marks.Add(new Mark(length, After.End));
    }

    private void Header(VenueFrame kind, int size)
    {
        var room = Room(10);
        room[0] = (byte)(0x80 | kind switch { VenueFrame.Binary => 2, VenueFrame.Close => 8, VenueFrame.Ping => 9, VenueFrame.Pong => 10, _ => 1 });
        if (size < 126)
        {
            room[1] = (byte)size;
            length += 2;
        }
        else if (size <= ushort.MaxValue)
        {
            room[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)size);
            length += 4;
        }
        else
        {
            room[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(room[2..], size);
            length += 10;
        }
    }

    private Span<byte> Room(int count)
    {
        if (length + count > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        return buffer.AsSpan(length);
    }

    /// <summary>From which byte on something else is done.</summary>
    public readonly record struct Mark(int At, After What);
}

/// <summary>What a writer does from a mark on.</summary>
internal enum After
{
    Plain,
    Drip,
    Reset,
    End,
}
