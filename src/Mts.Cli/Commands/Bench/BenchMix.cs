using System.Globalization;
using System.Text;

namespace Mts.Cli.Commands.Bench;

/// <summary>Changes of a book, best quotes and trades of Binance's spot market by turns, in WebSocket frames: 500 bytes on the average. Numbers run on, times are the present.</summary>
internal sealed class BenchMix
{
    /// <summary>Messages that are written at once; a multiple of the kinds.</summary>
    public const int Block = 96;

    private const int Kinds = 3;
    private const long FirstId = 10_000_000_000;
    private const int IdsPerMessage = 10;

    private readonly byte[] frames;
    private readonly int[] ends = new int[Block];
    private readonly (int Time, int First, int Last)[] places = new (int, int, int)[Block];
    private readonly byte[] part;
    private long depths = FirstId + 1;
    private long trades = FirstId;
    private int at;

    public BenchMix()
    {
        var random = new Random(1);
        var all = new List<byte>();
        for (var i = 0; i < Block; i++)
        {
            var text = Encoding.ASCII.GetBytes((i % Kinds) switch { 0 => BenchDepth.Message(random), 1 => Quote, _ => Trade });
            all.AddRange(text.Length < 126 ? [0x81, (byte)text.Length] : [0x81, 126, (byte)(text.Length >> 8), (byte)text.Length]);
            places[i] = (At(text, "\"E\":"), At(text, i % Kinds == 0 ? "\"U\":" : "\"a\":"), At(text, "\"u\":"));
            all.AddRange(text);
            ends[i] = all.Count;

            int At(byte[] message, string name) => message.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) is >= 0 and var found ? all.Count + found + name.Length : -1;
        }

        frames = [.. all];
        part = new byte[frames.Length];
    }

    private static string Quote => $"{{\"stream\":\"btcusdt@bookTicker\",\"data\":{{\"u\":{FirstId},\"s\":\"BTCUSDT\",\"b\":\"59990.00000000\",\"B\":\"1.25000000\",\"a\":\"60010.00000000\",\"A\":\"0.75000000\"}}}}";

    private static string Trade => $"{{\"stream\":\"btcusdt@aggTrade\",\"data\":{{\"e\":\"aggTrade\",\"E\":1704067200000,\"s\":\"BTCUSDT\",\"a\":{FirstId},\"p\":\"60000.00000000\",\"q\":\"0.01250000\",\"f\":1,\"l\":2,\"T\":1704067200000,\"m\":true,\"M\":true}}}}";

    /// <summary>The next messages, valid until the next call.</summary>
    /// <param name="count">At most a block.</param>
    /// <param name="now">Unix milliseconds.</param>
    public ReadOnlyMemory<byte> Next(int count, long now)
    {
        var length = 0;
        for (var i = 0; i < count; i++, at = (at + 1) % Block)
        {
            Number(at, now);
            var frame = frames.AsSpan((at == 0 ? 0 : ends[at - 1])..ends[at]);
            frame.CopyTo(part.AsSpan(length));
            length += frame.Length;
        }

        return part.AsMemory(0, length);
    }

    private void Number(int message, long now)
    {
        var (time, first, last) = places[message];
        if (time > 0) Write(time, now);
        switch (message % Kinds)
        {
            case 0:
                Write(first, depths);
                Write(last, depths + IdsPerMessage - 1);
                depths += IdsPerMessage;
                break;
            case 1:
                // Never the number of a change: these prices are not those of the book.
                Write(last, depths + (IdsPerMessage / 2));
                break;
            default:
                Write(first, trades++);
                break;
        }
    }

    private void Write(int place, long number) => number.TryFormat(frames.AsSpan(place), out _, provider: CultureInfo.InvariantCulture);
}
