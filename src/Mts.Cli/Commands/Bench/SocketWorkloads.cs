using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Streams;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Shell;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Bench;

/// <summary>The path from a socket to a book, over loopback from a process of its own; only the receiver's processor time counts.</summary>
internal sealed class SocketWorkloads(string folder, int messages, Session session, CancellationToken cancellationToken)
{
    private const int JournalInputs = 1_000_000;
    private static readonly Symbol Bitcoin = new("BTC", "USDT");

    public async Task<IReadOnlyList<BenchResult>> MeasureAsync()
    {
        var results = new List<BenchResult> { Journal() };
        using var sender = Process.Start(Cpu.Program(["bench", "feed-sender", "--messages", messages.ToString(CultureInfo.InvariantCulture)]))!;
        try
        {
            var port = await sender.StandardOutput.ReadLineAsync(cancellationToken);
            var address = new Uri($"ws://127.0.0.1:{port}");
            results.Add(await RateAsync("feed-socket, the framework's client, receive only", null, () => FrameworkAsync(address)));
            results.Add(await RateAsync("feed-socket, receive only", null, () => ReceiveAsync(address)));
            results.Add(await RateAsync("feed-socket, socket to book", 120_000, () => FollowAsync(address, new NoJournal())));
            results.Add(await RateAsync("feed-socket, socket to book with the journal", 90_000, () => WithJournalAsync(address)));
        }
        finally
        {
            sender.Kill();
        }

        return results;
    }

    private BenchResult Journal()
    {
        var input = new FeedInput(0, FeedInputKind.Frame, 1, new Timestamp(0));
        var bytes = new byte[500];
        var run = 0;
        var seconds = Cpu.Median(Cpu.Of(
            () =>
            {
                using var journal = FeedJournal.Open(Path.Combine(folder, $"journal{run++}"), new JournalOptions(), session.Clock);
                for (var i = 0; i < JournalInputs; i++) journal.Append(input, bytes);
                journal.Flush();
            },
            1));
        return new BenchResult("feed journal, inputs of 500 bytes on the disk", JournalInputs / seconds, "inputs/CPU-s", 50_000, IsRate: true);
    }

    private async Task<BenchResult> RateAsync(string name, double? goal, Func<Task> work)
    {
        await work();
        var before = Environment.CpuUsage.TotalTime;
        await work();
        return new BenchResult(name, messages / (Environment.CpuUsage.TotalTime - before).TotalSeconds, "messages/CPU-s", goal, IsRate: true);
    }

    private async Task FrameworkAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, cancellationToken);
        var (buffer, count) = (new byte[16_384], 0);
        while ((await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken)) is { MessageType: not WebSocketMessageType.Close } part)
        {
            if (part.EndOfMessage) count++;
        }

        Check(count);
    }

    private async Task ReceiveAsync(Uri address)
    {
        await using var connection = await new WebSocketTransport("bench", new StreamOptions(), session.Clock).ConnectAsync(address, cancellationToken);
        var count = 0;
        while (await connection.WaitAsync(cancellationToken))
        {
            while (connection.TryTake(out _)) count++;
        }

        Check(count);
    }

    private async Task WithJournalAsync(Uri address)
    {
        using var journal = FeedJournal.Open(Path.Combine(folder, "socket-journal"), new JournalOptions(), session.Clock);
        await FollowAsync(address, journal);
    }

    private async Task FollowAsync(Uri address, IFeedJournal journal)
    {
        using var live = new LiveSession(journal, session.Clock, new LiveOptions(), NullLogger.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        VenueFeed? feed = null;
        // One connection alone: what the bench does not send must not be waited for.
        var options = new FeedOptions { AuditEvery = TimeSpan.Zero, FirstLevels = 100, Levels = 100, Silence = TimeSpan.FromMinutes(10), FirstFrame = TimeSpan.FromMinutes(10) };
        live.Add("bench", address, new WebSocketTransport("bench", new StreamOptions(), session.Clock), new SnapshotFetch(), shell =>
        {
            feed = new VenueFeed(new BinanceSpotStream(new BinanceStreamSettings()), [Bitcoin], [Channel.Depth], options, shell, new Silence(), new Random(1));
            return new EndingFeed(feed, end);
        });
        await live.RunAsync(ReadOnlyMemory<byte>.Empty, end.Token);
        cancellationToken.ThrowIfCancellationRequested();
        Check((int)feed!.Markets[0].Account(Channel.Depth)[FrameOutcome.Applied]);
    }

    // The snapshot is applied as well, and what came before it may have been stale.
    private void Check(int count)
    {
        if (Math.Abs(count - messages) > 2) throw new InvalidOperationException($"{count} of {messages} messages were handled");
    }

    private sealed class Silence : QuietTap;

    internal sealed class SnapshotFetch : IVenueFetch
    {
        public Task<ReadOnlyMemory<byte>> FetchAsync(FetchRequest request, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>>(BenchDepth.Snapshot);
    }

    /// <summary>Ends the session with its first connection.</summary>
    internal sealed class EndingFeed(VenueFeed feed, CancellationTokenSource end) : IFeedInputs
    {
        private readonly VenueFeedInputs inputs = new(feed);

        public Timestamp? NextTimer => inputs.NextTimer;

        public void OnInput(in FeedInput input, ReadOnlySpan<byte> bytes)
        {
            inputs.OnInput(input, bytes);
            if (input.Kind == FeedInputKind.Closed) _ = end.CancelAsync();
        }
    }

    private sealed class NoJournal : IFeedJournal
    {
        public long Appended { get; private set; }

        public long Durable => 0;

        public void Append(in FeedInput input, ReadOnlySpan<byte> bytes) => Appended++;
    }
}
