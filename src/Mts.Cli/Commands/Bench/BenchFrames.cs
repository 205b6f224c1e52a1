using System.Text;

namespace Mts.Cli.Commands.Bench;

/// <summary>Seeded book messages in the venues' shape; the price walks and leaves old levels behind, so that the books grow and end crossed.</summary>
internal static class BenchFrames
{
    public const int First = 1_000_000;

    private const int BinanceLevels = 20;
    private const int SnapshotLevels = 1_000;
    private const double DeletedShare = 0.45;
    private const double MeanDistance = 300;
    private const double NearDistance = 12;
    private const int MostSize = 50_000;

    /// <summary>Of about 1,108 bytes: 20 levels a side, 45 % of them deletions, each number following the one before.</summary>
    public static List<byte[]> Binance(int messages, int seed)
    {
        var random = new Random(seed);
        var frames = new List<byte[]>(messages);
        var (mid, last) = (8_393_172, First);
        var text = new StringBuilder();
        for (var i = 0; i < messages; i++)
        {
            mid += random.Next(-3, 4);
            var next = last + random.Next(1, 20);
            text.Clear().Append($$"""{"e":"depthUpdate","E":{{1_790_617_150_042 + (i * 100L)}},"s":"BTCUSDT","U":{{last + 1}},"u":{{next}},"b":""");
            Levels(text, random, mid, -1, BinanceLevels, MeanDistance, 7);
            text.Append(",\"a\":");
            Levels(text, random, mid, 1, BinanceLevels, MeanDistance, 7);
            frames.Add(Encoding.UTF8.GetBytes(text.Append('}').ToString()));
            last = next;
        }

        return frames;
    }

    /// <summary>The snapshot that <see cref="Binance"/> follows, as the request interface answers.</summary>
    public static byte[] BinanceSnapshot(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder($$"""{"lastUpdateId":{{First}},"bids":""");
        Ladder(text, random, 8_393_172, -1, SnapshotLevels, 8);
        text.Append(",\"asks\":");
        Ladder(text, random, 8_393_172, 1, SnapshotLevels, 8);
        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    /// <summary>Of about 336 bytes: a snapshot of 50 levels, then changes of 1 to 8 levels a side.</summary>
    public static List<byte[]> Bybit(int messages, int seed)
    {
        var random = new Random(seed);
        var frames = new List<byte[]>(messages);
        var mid = 6_511_420;
        var text = new StringBuilder();
        for (var i = 0; i < messages; i++)
        {
            mid += random.Next(-1, 2);
            var time = 1_790_617_150_042 + (i * 20L);
            text.Clear().Append($$"""{"topic":"orderbook.50.BTCUSDT","type":"{{(i == 0 ? "snapshot" : "delta")}}","ts":{{time}},"data":{"s":"BTCUSDT","b":""");
            Side(text, random, mid, -1, isSnapshot: i == 0);
            text.Append(",\"a\":");
            Side(text, random, mid, 1, isSnapshot: i == 0);
            frames.Add(Encoding.UTF8.GetBytes(text.Append($$""","u":{{First + i}},"seq":{{753_843_954_913 + (i * 7L)}}},"cts":{{time - 2}}}""").ToString()));
        }

        return frames;
    }

    private static void Side(StringBuilder text, Random random, int mid, int sign, bool isSnapshot)
    {
        if (isSnapshot) Ladder(text, random, mid, sign, 50, 3);
        else Levels(text, random, mid, sign, random.Next(1, 9), NearDistance, 3);
    }

    private static void Levels(StringBuilder text, Random random, int mid, int sign, int count, double meanDistance, int decimals)
    {
        var distances = Enumerable.Range(0, count).Select(_ => 1 + (int)(-Math.Log(1 - random.NextDouble()) * meanDistance)).Distinct().Order().ToList();
        while (distances.Count < count) distances.Add(distances[^1] + 1);
        var separator = '[';
        foreach (var distance in distances)
        {
            text.Append(separator);
            Level(text, mid + (sign * distance), random.NextDouble() < DeletedShare ? 0 : 1 + random.Next(MostSize), decimals);
            separator = ',';
        }

        text.Append(']');
    }

    private static void Ladder(StringBuilder text, Random random, int mid, int sign, int count, int decimals)
    {
        text.Append('[');
        for (var i = 1; i <= count; i++)
        {
            if (i > 1) text.Append(',');
            Level(text, mid + (sign * i), 1 + random.Next(MostSize), decimals);
        }

        text.Append(']');
    }

    private static void Level(StringBuilder text, int cents, int thousandths, int decimals)
    {
        text.Append("[\"").Append(cents / 100).Append('.').Append((cents % 100).ToString("00")).Append("\",\"");
        text.Append(thousandths / 1_000).Append('.').Append((thousandths % 1_000).ToString("000")).Append('0', decimals - 3).Append("\"]");
    }
}
