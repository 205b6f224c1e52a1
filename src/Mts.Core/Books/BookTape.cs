using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mts.Core.Books;

/// <summary>What the order book and the trades of one market did, in the order in which it was received; never changes.</summary>
/// <param name="events">Oldest first; times do not fall.</param>
public sealed class BookTape(TapeEvent[] events)
{
    private readonly Lazy<string> hash = new(() => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(events.AsSpan()))));

    public ReadOnlySpan<TapeEvent> Events => events;

    /// <summary>SHA-256 of all events.</summary>
    public string Hash => hash.Value;

    /// <summary>The greatest step of which every price on it is a multiple, 10⁻⁸; at least 1.</summary>
    public long Tick { get; } = TickOf(events);

    public int Updates { get; } = events.Count(e => e.Kind == TapeKind.Changed);

    public int Trades { get; } = events.Count(e => e.Kind is TapeKind.Sold or TapeKind.Bought);

    /// <summary>How often the book was right and then was not any more.</summary>
    public int Losses { get; } = events.Count(e => e.Kind == TapeKind.Lost);

    private static long TickOf(TapeEvent[] events)
    {
        var tick = 0L;
        foreach (ref readonly var e in events.AsSpan())
        {
            if (e.Kind is TapeKind.Bid or TapeKind.Ask or TapeKind.Sold or TapeKind.Bought) tick = Common(e.Price, tick);
        }

        return Math.Max(1, tick);
    }

    private static long Common(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
