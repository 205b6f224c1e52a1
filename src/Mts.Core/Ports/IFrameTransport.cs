namespace Mts.Core.Ports;

/// <summary>Opens connections that carry text frames.</summary>
public interface IFrameTransport
{
    /// <param name="address">A <c>ws</c> or <c>wss</c> address.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ApiRateLimitException">Refused with a wait (429, 418, or any status with Retry-After).</exception>
    /// <exception cref="ApiTimeoutException">No connection within the time for the handshake.</exception>
    /// <exception cref="ApiConnectionException">Not reachable, or the certificate is not trusted.</exception>
    /// <exception cref="ApiException">Refused; see its status and body.</exception>
    Task<IFrameConnection> ConnectAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>One connection. <see cref="WaitAsync"/> and <see cref="TryTake"/> belong to one reader; everything else may be called from anywhere.</summary>
public interface IFrameConnection : IAsyncDisposable
{
    /// <summary>How it ended, in words; null while it stands.</summary>
    string? Ending { get; }

    /// <summary>Waits until more has arrived. To be called when <see cref="TryTake"/> has nothing left.</summary>
    /// <returns>False when either side has closed the connection in due form.</returns>
    /// <exception cref="ApiTimeoutException">The other side is silent and does not answer pings.</exception>
    /// <exception cref="ApiConnectionException">The connection broke off, or the other side broke the protocol.</exception>
    ValueTask<bool> WaitAsync(CancellationToken cancellationToken);

    /// <param name="frame">One whole text, valid until the next call of this or <see cref="WaitAsync"/>.</param>
    /// <returns>False when nothing whole is there.</returns>
    bool TryTake(out ReadOnlySpan<byte> frame);

    /// <summary>Queues a text; a connection that cannot be written to ends, which the reader is told.</summary>
    void Send(ReadOnlySpan<byte> text);

    /// <summary>Asks the other side to close; no further frame is taken. The reader is told when it has, or has not in time.</summary>
    /// <param name="reason">For the other side, at most 123 bytes of it are sent.</param>
    void Close(string reason);

    /// <summary>Ends the connection at once.</summary>
    void Abort(string reason);
}
