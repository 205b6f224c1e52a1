using System.Diagnostics;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;

namespace Mts.IntegrationTests.Storage;

/// <summary>A second process that writes a store. It is this test program, asked for one explicit test; what to do comes by the environment.</summary>
public sealed class StoreChild : IDisposable
{
    internal const int SegmentBars = 500;

    internal static readonly SeriesKey Key = new("binance", new Symbol("BTC", "USDT"), Interval.Minute);

    private const string FolderVariable = "MTS_TEST_STORE_CHILD_FOLDER";
    private const string SegmentVariable = "MTS_TEST_STORE_CHILD_SEGMENT";

    private readonly Process? process;

    public StoreChild()
    {
    }

    private StoreChild(Process process) => this.process = process;

    internal Process Process => process!;

    /// <summary>Writes segments until it is killed, and tells each one once it is committed.</summary>
    [Fact(Explicit = true)]
    public void Writes_until_it_is_killed()
    {
        var bars = int.Parse(Environment.GetEnvironmentVariable(SegmentVariable)!);
        using var store = SqliteStore.OpenWriter(Environment.GetEnvironmentVariable(FolderVariable)!, TimeProvider.System, new WriterOptions { Purpose = "child" });
        var first = store.ListSeries() is [{ Bars: var stored }] ? (int)stored : 0;
        Say($"open {first}");
        for (var start = first; ; start += bars)
        {
            store.WriteBars(Key, true, Segment(start, bars), new Provenance("child", new Timestamp(0), $"{start}", ""));
            Say($"committed {start + bars}");
        }
    }

    public void Dispose()
    {
        if (process is null) return;
        Kill();
        process.Dispose();
    }

    internal static StoreChild Start(string folder, int segmentBars) => new(Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, Arguments())
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [FolderVariable] = folder, [SegmentVariable] = $"{segmentBars}" },
        })!);

    internal static Bar[] Segment(int start, int count)
    {
        var bars = new Bar[count];
        for (var i = 0; i < count; i++)
        {
            var close = 30_000 + (start + i) % 977 / 8.0;
            bars[i] = new Bar(new Timestamp(1_600_000_020_000_000 + ((long)(start + i) * Interval.Minute.Micros)), close, close + 1, close - 1, close, (start + i) % 13);
        }

        return bars;
    }

    /// <summary>SIGKILL on Unix: the process gets no chance to tidy up.</summary>
    internal void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    /// <summary>The next line of this kind; its number.</summary>
    internal async Task<int> HearAsync(string word, CancellationToken cancellationToken)
    {
        while (await Process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf($"child: {word} ", StringComparison.Ordinal);
            if (at >= 0) return int.Parse(line.AsSpan(at + 8 + word.Length));
        }

        throw new InvalidOperationException($"The child ended before it said '{word}'.");
    }

    private static void Say(string text)
    {
        Console.Out.WriteLine($"child: {text}");
        Console.Out.Flush();
    }

    private static string[] Arguments()
    {
        string[] test = ["-explicit", "only", "-method", $"{typeof(StoreChild).FullName}.{nameof(Writes_until_it_is_killed)}"];
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return isHost ? ["exec", typeof(StoreChild).Assembly.Location, .. test] : test;
    }
}
