using System.Globalization;
using System.Text;
using Mts.Core.Ports;

namespace Mts.Storage.Cache.Live;

/// <summary>
/// Finds out whether the cache still holds what was written: every exchange ends with a rising mark, and a mark that is gone or lower than the last one
/// tells of a server that was flushed or came back with older data; the keys are counted, because a full server gives up single ones.
/// </summary>
internal sealed class CacheCheck(ICache cache, string markKey)
{
    private const int KeysAtOnce = 512;

    // Twice: what a hanging server still held unread of an earlier exchange may be carried out after the first time.
    private const int RepairsAfterFailure = 2;

    private static readonly TimeSpan MarkLifetime = TimeSpan.FromHours(1);

    // Keys that expire while they are counted must not be missed.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private long mark;
    private bool isMarkKnown;
    private int repairs;

    /// <summary>Whether a mark must be written although nothing else waits.</summary>
    public bool IsMarkDue { get; private set; } = true;

    /// <exception cref="Core.ApiException">The cache is away.</exception>
    public async Task RunAsync(Backlog backlog, CancellationToken cancellationToken)
    {
        IsMarkDue = true;
        var found = await cache.GetAsync(markKey, cancellationToken);
        if (repairs > 0 || (isMarkKnown && !IsMine(found)))
        {
            repairs = Math.Max(0, repairs - 1);
            backlog.Repair();
            return;
        }

        foreach (var keys in backlog.ListWritten(Margin).Chunk(KeysAtOnce))
        {
            if (await cache.CountAsync(keys, cancellationToken) < keys.Length) backlog.Repair(keys);
        }
    }

    /// <summary>The last entry of an exchange.</summary>
    public CacheEntry NextMark() => new(markKey, Text(++mark), MarkLifetime);

    public void OnWritten() => (isMarkKnown, IsMarkDue) = (true, false);

    /// <summary>What was carried out of the last exchange is not known.</summary>
    public void OnFailure() => (isMarkKnown, IsMarkDue, repairs) = (false, true, RepairsAfterFailure);

    private bool IsMine(byte[]? found) => found is not null && found.AsSpan().SequenceEqual(Text(mark));

    private static byte[] Text(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
