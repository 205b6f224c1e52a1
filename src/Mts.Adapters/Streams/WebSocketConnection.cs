using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Mts.Core.Ports;

namespace Mts.Adapters.Streams;

/// <summary>An accepted WebSocket connection (RFC 6455), without extensions. Receiving allocates nothing.</summary>
internal sealed class WebSocketConnection : IFrameConnection
{
    private readonly string service;
    private readonly Stream stream;
    private readonly IDisposable owner;
    private readonly StreamOptions options;
    private readonly TimeProvider clock;
    private readonly FrameReader reader;
    private readonly FrameSender sender;
    private readonly LifeSigns life;
    private readonly Lock sync = new();
    private ReadOnlyMemory<byte> surplus;
    private ApiException? failure;
    private volatile bool isClosing;
    private volatile bool isOver;

    /// <param name="service">Named in messages.</param>
    /// <param name="stream">Stands behind the upgrade.</param>
    /// <param name="surplus">What was received of it already.</param>
    /// <param name="owner">Goes with the connection.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="clock">Times run on it.</param>
    public WebSocketConnection(string service, Stream stream, ReadOnlyMemory<byte> surplus, IDisposable owner, StreamOptions options, TimeProvider clock)
    {
        (this.service, this.stream, this.surplus, this.owner, this.options, this.clock) = (service, stream, surplus, owner, options, clock);
        reader = new FrameReader(options.ReceiveBufferBytes, options.MaxFrameBytes);
        sender = new FrameSender(stream, options.MaxUnsentBytes, () => Fail(new ApiConnectionException(
            service, $"more than {options.MaxUnsentBytes} bytes wait to be sent (maxUnsentBytes): the other side does not read.")));
        life = new LifeSigns(options, clock, sender.Ping, silence => Fail(Silent(silence)), () => Fail(new ApiTimeoutException(
            service, $"the close was not answered within {options.CloseTimeout.TotalSeconds} s (closeTimeout).")));
    }

    public string? Ending { get; private set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (isOver) return Over();
        var space = reader.Space();
        int count;
        if (!surplus.IsEmpty)
        {
            count = Math.Min(space.Length, surplus.Length);
            surplus[..count].CopyTo(space);
            surplus = surplus[count..];
        }
        else
        {
            life.Waits();
            try
            {
                count = await stream.ReadAsync(space, cancellationToken);
            }
            catch (Exception broken) when (broken is IOException or ObjectDisposedException)
            {
                Fail(new ApiConnectionException(service, $"the connection broke off: {broken.Message}", broken));
                return Over();
            }
            finally
            {
                life.Arrived();
            }

            if (count == 0) Fail(new ApiConnectionException(service, "the connection was cut without a close.", sender.Failure));
            if (isOver) return Over();
        }

        reader.Received(count);
        return true;
    }

    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        try
        {
            while (!isOver)
            {
                switch (reader.Read(out var payload))
                {
                    case FrameKind.None:
                        return false;
                    case FrameKind.Text:
                        if (!Utf8.IsValid(payload)) throw new FrameViolation(1007, "a text that is not UTF-8");
                        if (isClosing) continue;
                        frame = payload;
                        return true;
                    case FrameKind.Ping:
                        sender.Pong(payload);
                        break;
                    case FrameKind.Close:
                        ClosedBy(payload);
                        return false;
                }
            }
        }
        catch (FrameViolation violation)
        {
            sender.Close(violation.Code, Encoding.UTF8.GetBytes(violation.Message.Length > 123 ? violation.Message[..123] : violation.Message));
            Fail(new ApiConnectionException(service, $"the server sent {violation.Message}; the connection was closed with {violation.Code}.", violation), atOnce: false);
        }

        return false;
    }

    public void Send(ReadOnlySpan<byte> text) => sender.Text(text);

    public void Close(string reason)
    {
        if (isClosing || isOver) return;
        isClosing = true;
        sender.Close(1000, Cut(reason));
        life.Closes();
    }

    public void Abort(string reason) => Fail(new ApiConnectionException(service, $"the connection was given up: {reason}"));

    public async ValueTask DisposeAsync()
    {
        life.Dispose();
        isOver = true;
        // A close frame that is still on its way gets its chance.
        await sender.FinishAsync(options.CloseTimeout, clock);
        await stream.DisposeAsync();
        owner.Dispose();
    }

    // At most 123 bytes, at a whole character.
    private static byte[] Cut(string reason)
    {
        var bytes = new byte[123];
        _ = Utf8.FromUtf16(reason, bytes, out _, out var count);
        return bytes[..count];
    }

    private void ClosedBy(ReadOnlySpan<byte> payload)
    {
        if (payload.Length == 1) throw new FrameViolation(1002, "a close frame with half a code");
        int? code = payload.Length == 0 ? null : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is < 1000 or 1004 or 1005 or 1006 or (> 1014 and < 3000) or > 4999) throw new FrameViolation(1002, $"a close frame with the code {code}, which may not be sent");
        var reason = payload.Length > 2 ? payload[2..] : default;
        if (!Utf8.IsValid(reason)) throw new FrameViolation(1007, "a close reason that is not UTF-8");
        sender.Close((ushort)(code ?? 1000), default);
        lock (sync)
        {
            if (isOver) return;
            isOver = true;
            var words = reason.IsEmpty ? "" : $" '{Encoding.UTF8.GetString(reason)}'";
            Ending = $"closed by {(isClosing ? "us" : "the server")} with {code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no code"}{words}";
        }
    }

    private ApiTimeoutException Silent(TimeSpan silence) =>
        new(service, $"nothing was received for {silence.TotalSeconds:0.0} s, not even the answer to a ping (keepAlive, keepAliveTimeout); the connection is dead.");

    private bool Over() => failure is null ? false : throw failure;

    // The first failure is the cause of those that follow.
    private void Fail(ApiException what, bool atOnce = true)
    {
        lock (sync)
        {
            if (isOver) return;
            (failure, Ending) = (what, what.Message);
            isOver = true;
        }

        if (atOnce) stream.Dispose();
    }
}
