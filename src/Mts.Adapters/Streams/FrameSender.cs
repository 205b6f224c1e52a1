using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mts.Adapters.Streams;

/// <summary>Writes masked frames without making the caller wait (RFC 6455, 5.3).</summary>
/// <param name="stream">The connection.</param>
/// <param name="maxUnsent">Bytes that may wait; more is a failure, because the other side does not read.</param>
/// <param name="overflowed">Told once that it has come to that.</param>
internal sealed class FrameSender(Stream stream, int maxUnsent, Action overflowed)
{
    private const int MaxHeader = 14;

    private readonly Lock sync = new();
    private readonly byte[] pong = new byte[125];
    private byte[] waiting = new byte[4_096];
    private byte[] sending = new byte[4_096];
    private int waitingLength;
    private int pongLength = -1;
    private bool isSending;
    private bool isClosing;
    private bool isBroken;
    private Task run = Task.CompletedTask;

    /// <summary>Why nothing can be sent any more.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Waits until all that was queued is sent, or the time is over.</summary>
    public async Task FinishAsync(TimeSpan limit, TimeProvider clock)
    {
        Task sent;
        lock (sync) sent = run;
#pragma warning disable VSTHRD003 // The run never waits for a context of its starter.
        await sent.WaitAsync(limit, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
#pragma warning restore VSTHRD003
    }

    public void Text(ReadOnlySpan<byte> text) => Queue(0x81, text);

    public void Ping() => Queue(0x89, default);

    /// <summary>Answers the newest ping; one that waits still to be answered gives way (RFC 6455, 5.5.3).</summary>
    public void Pong(ReadOnlySpan<byte> payload)
    {
        lock (sync)
        {
            if (isClosing || isBroken) return;
            payload.CopyTo(pong);
            pongLength = payload.Length;
            Start();
        }
    }

    /// <summary>The last frame; whatever is queued after it is not sent.</summary>
    public void Close(ushort code, ReadOnlySpan<byte> reason)
    {
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        reason.CopyTo(payload[2..]);
        lock (sync)
        {
            pongLength = -1;
            Queue(0x88, payload[..(2 + reason.Length)]);
            isClosing = true;
        }
    }

    private void Queue(byte first, ReadOnlySpan<byte> payload)
    {
        lock (sync)
        {
            if (isClosing || isBroken) return;
            if (waitingLength + payload.Length + MaxHeader > maxUnsent)
            {
                isBroken = true;
                overflowed();
                return;
            }

            Append(first, payload);
            Start();
        }
    }

    private void Append(byte first, ReadOnlySpan<byte> payload)
    {
        var required = waitingLength + payload.Length + MaxHeader;
        if (required > waiting.Length) Array.Resize(ref waiting, Math.Max(required, waiting.Length * 2));
        var frame = waiting.AsSpan(waitingLength);
        var length = 2;
        frame[0] = first;
        switch (payload.Length)
        {
            case < 126:
                frame[1] = (byte)(0x80 | payload.Length);
                break;
            case <= ushort.MaxValue:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
                length = 4;
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteInt64BigEndian(frame[2..], payload.Length);
                length = 10;
                break;
        }

        var key = frame.Slice(length, 4);
        RandomNumberGenerator.Fill(key);
        var body = frame[(length + 4)..];
        for (var i = 0; i < payload.Length; i++) body[i] = (byte)(payload[i] ^ key[i & 3]);
        waitingLength += length + 4 + payload.Length;
    }

    private void Start()
    {
        if (isSending) return;
        isSending = true;
        run = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (Take() is { Length: > 0 } bytes) await stream.WriteAsync(bytes);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // What was received before is still to be read, a close among it; the reader finds the end by itself.
            lock (sync) (isBroken, isSending, Failure) = (true, false, broken);
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        lock (sync)
        {
            if (pongLength >= 0) Append(0x8A, pong.AsSpan(0, pongLength));
            pongLength = -1;
            (waiting, sending) = (sending, waiting);
            var length = waitingLength;
            waitingLength = 0;
            isSending = length > 0;
            return sending.AsMemory(0, length);
        }
    }
}
