namespace Mts.Adapters.Streams;

/// <summary>
/// Lies below the HTTP client and gives it nothing beyond the end of a header, so that frames sent right behind the upgrade are still here when
/// the connection is taken over, and can then be read without the client's own layers.
/// </summary>
internal sealed class UpgradeStream(Stream inner) : Stream
{
    private readonly byte[] buffer = new byte[16 * 1_024];
    private int start;
    private int end;
    private int matched;

    /// <summary>The connection itself.</summary>
    public Stream Inner => inner;

    /// <summary>What came behind the header.</summary>
    public ReadOnlyMemory<byte> Surplus => buffer.AsMemory(start, end - start);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The client asks with no room only to learn whether there is something.
        if (buffer.IsEmpty) return start < end ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        if (start == end)
        {
            start = 0;
            end = await inner.ReadAsync(this.buffer, cancellationToken);
        }

        return Give(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Give(Span<byte> room)
    {
        var count = 0;
        while (count < room.Length && start < end)
        {
            var b = buffer[start++];
            room[count++] = b;
            matched = b == "\r\n\r\n"u8[matched] ? matched + 1 : b == '\r' ? 1 : 0;
            if (matched < 4) continue;
            matched = 0;
            break;
        }

        return count;
    }
}
