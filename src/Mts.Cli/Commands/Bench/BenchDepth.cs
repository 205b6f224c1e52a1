using System.Globalization;
using System.Text;

namespace Mts.Cli.Commands.Bench;

/// <summary>Depth messages as Binance's spot market sends them, of 40 levels and about 1.1 KB, in WebSocket frames; their ids run on.</summary>
internal sealed class BenchDepth
{
    /// <summary>Messages that are written at once.</summary>
    public const int Block = 64;

    /// <summary>The first message covers ids from one above this.</summary>
    private const long FirstId = 10_000_000_000;
    private const int IdsPerMessage = 10;
    private const int Levels = 20;

    private readonly byte[] frames;
    private readonly int[] ends = new int[Block];
    private readonly (int First, int Last)[] ids = new (int, int)[Block];
    private long next = FirstId + 1;

    public BenchDepth()
    {
        var random = new Random(1);
        var all = new List<byte>();
        for (var i = 0; i < Block; i++)
        {
            var text = Encoding.ASCII.GetBytes(Message(random));
            all.AddRange([0x81, 126, (byte)(text.Length >> 8), (byte)text.Length]);
            ids[i] = (all.Count + text.AsSpan().IndexOf("\"U\":"u8) + 4, all.Count + text.AsSpan().IndexOf("\"u\":"u8) + 4);
            all.AddRange(text);
            ends[i] = all.Count;
        }

        frames = [.. all];
    }

    /// <summary>A fetched book that the first message continues.</summary>
    public static byte[] Snapshot { get; } = Encoding.ASCII.GetBytes(
        $"{{\"lastUpdateId\":{FirstId + (IdsPerMessage / 2)},\"bids\":[[\"59990.00000000\",\"1.00000000\"]],\"asks\":[[\"60010.00000000\",\"1.00000000\"]]}}");

    /// <summary>The next messages, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Next(int count)
    {
        for (var i = 0; i < count; i++)
        {
            next.TryFormat(frames.AsSpan(ids[i].First), out _, provider: CultureInfo.InvariantCulture);
            (next + IdsPerMessage - 1).TryFormat(frames.AsSpan(ids[i].Last), out _, provider: CultureInfo.InvariantCulture);
            next += IdsPerMessage;
        }

        return frames.AsMemory(0, ends[count - 1]);
    }

    internal static string Message(Random random)
    {
        string Side(int sign) => string.Join(',', Enumerable.Range(0, Levels).Select(i => 6_000_000 + (sign * (1 + (i * 5) + random.Next(5)))).Select(
            cents => $"[\"{cents / 100}.{cents % 100:00}\",\"{(random.Next(4) == 0 ? 0 : random.Next(1, 500_000)) / 100_000.0:0.00000}\"]"));
        return $"{{\"stream\":\"btcusdt@depth@100ms\",\"data\":{{\"e\":\"depthUpdate\",\"E\":1704067200000,\"s\":\"BTCUSDT\",\"U\":{FirstId},\"u\":{FirstId},\"b\":[{Side(-1)}],\"a\":[{Side(1)}]}}}}";
    }
}
