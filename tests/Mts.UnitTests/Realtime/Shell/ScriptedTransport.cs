using System.Text;
using System.Threading.Channels;
using Mts.Core.Ports;

namespace Mts.UnitTests.Realtime.Shell;

/// <summary>Connections that bring what the test puts into them.</summary>
internal sealed class ScriptedTransport : IFrameTransport
{
    private readonly Channel<ScriptedConnection> made = System.Threading.Channels.Channel.CreateUnbounded<ScriptedConnection>();

    /// <summary>Instead of a connection; null for one.</summary>
    public Func<Uri, CancellationToken, Task<IFrameConnection>>? Instead { get; set; }

    public ValueTask<ScriptedConnection> NextAsync() => made.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<IFrameConnection> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Instead is { } other) return other(address, cancellationToken);
        var connection = new ScriptedConnection(address);
        made.Writer.TryWrite(connection).ShouldBeTrue();
        return Task.FromResult<IFrameConnection>(connection);
    }
}

internal sealed class ScriptedConnection(Uri address) : IFrameConnection
{
    private readonly Channel<byte[]> frames = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();

    public Uri Address => address;

    public string? Ending { get; private set; }

    public List<string> Sent { get; } = [];

    public void Bring(params IEnumerable<string> texts)
    {
        foreach (var text in texts) frames.Writer.TryWrite(Encoding.UTF8.GetBytes(text)).ShouldBeTrue();
    }

    public void End(string ending)
    {
        Ending = ending;
        frames.Writer.Complete();
    }

    public void Break(Exception failure) => frames.Writer.Complete(failure);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => frames.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        var isThere = frames.Reader.TryRead(out var bytes);
        frame = bytes;
        return isThere;
    }

    public void Send(ReadOnlySpan<byte> text) => Sent.Add(Encoding.UTF8.GetString(text));

    public void Close(string reason) => End($"closed by us: {reason}");

    public void Abort(string reason) => End(reason);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
