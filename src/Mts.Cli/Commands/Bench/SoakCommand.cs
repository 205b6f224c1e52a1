using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Streams;
using Mts.Cli.CommandLine;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Shell;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench soak</c>: a steady load from a process of its own through socket, journal and book, and what memory and processor it takes.</summary>
internal static class SoakCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Channel[] channels = [Channel.Depth, Channel.Quote, Channel.Trade];

    public static Command Create(CliHost host)
    {
        var minutes = Flags.Whole("--minutes", "How long.", 10, 1, 10_000, "between 1 and 10000");
        var rate = Flags.Whole("--rate", "Messages a second.", 50_000, 100, 1_000_000, "between 100 and 1000000");
        return new Command("soak", "Follows a steady load for minutes and shows memory, processor time and lag.") { minutes, rate }.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("mts-soak-").FullName;
            try
            {
                return await RunAsync(session, folder, arguments.GetValue(minutes), arguments.GetValue(rate), cancellationToken);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
    }

    private static async Task<int> RunAsync(Session session, string folder, int minutes, int rate, CancellationToken cancellationToken)
    {
        var messages = checked(minutes * 60 * rate);
        using var sender = Process.Start(Cpu.Program(["bench", "feed-sender", "--messages", Text(messages), "--rate", Text(rate)]))!;
        try
        {
            var port = await sender.StandardOutput.ReadLineAsync(cancellationToken);
            using var journal = FeedJournal.Open(folder, new JournalOptions { SegmentBytes = 128L * 1_024 * 1_024, KeepBytes = 1_024L * 1_024 * 1_024 }, session.Clock);
            using var live = new LiveSession(journal, session.Clock, new LiveOptions(), NullLogger.Instance);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            VenueFeed? feed = null;
            var options = new FeedOptions { AuditEvery = TimeSpan.Zero, FirstLevels = 100, Levels = 100, Silence = TimeSpan.FromMinutes(10), FirstFrame = TimeSpan.FromMinutes(10) };
            live.Add("soak", new Uri($"ws://127.0.0.1:{port}"), new WebSocketTransport("soak", new StreamOptions(), session.Clock), new SocketWorkloads.SnapshotFetch(), shell =>
            {
                feed = new VenueFeed(new BinanceSpotStream(new BinanceStreamSettings()), [Bitcoin], channels, options, shell, new Silence(), new Random(1));
                return new SocketWorkloads.EndingFeed(feed, end);
            });
            var looks = LookAsync(session, live, () => feed!.Markets[0], journal, end.Token);
            await live.RunAsync(ReadOnlyMemory<byte>.Empty, end.Token);
            cancellationToken.ThrowIfCancellationRequested();
            journal.Flush();
            return Report(session, await looks, feed!.Markets[0], messages);
        }
        finally
        {
            sender.Kill();
        }
    }

    private static async Task<List<Look>> LookAsync(Session session, LiveSession live, Func<FollowedMarket> market, FeedJournal journal, CancellationToken cancellationToken)
    {
        var looks = new List<Look>();
        var (start, cpu) = (session.Clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        using var tick = new PeriodicTimer(LookEvery, session.Clock);
        while (await NextAsync(tick, cancellationToken))
        {
            var (used, received, lag) = (Environment.CpuUsage.TotalTime, 0L, 0.0);
            live.Look(() => (received, lag) = (Received(market()), market().Book.Time is { } time ? (market().Book.Updated - time).TotalMilliseconds : 0));
            var look = new Look(session.Clock.GetElapsedTime(start).TotalSeconds, Environment.WorkingSet / 1_048_576.0, (used - cpu).TotalSeconds / LookEvery.TotalSeconds, received, lag, journal.Appended - journal.Durable);
            looks.Add(look);
            cpu = used;
            session.Output.Line(string.Create(CultureInfo.InvariantCulture, $"{look.Seconds,6:0} s  {look.Rss,6:0.0} MiB  {look.Cpu,5:0.00} processors  {look.Received,12:#,##0} messages  {look.LagMs,6:0.0} ms behind  {look.Unsynced,7:#,##0} not yet durable"));
        }

        return looks;
    }

    private static async Task<bool> NextAsync(PeriodicTimer tick, CancellationToken cancellationToken)
    {
        try
        {
            return await tick.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static int Report(Session session, List<Look> looks, FollowedMarket market, int messages)
    {
        // The snapshot is in the account as well, and is no message.
        var lost = messages - (Received(market) - 1);
        var isBalanced = channels.All(c => market.Account(c).IsBalanced);
        var settled = looks.Skip(looks.Count / 3).ToList();
        var slope = Slope(settled);
        var most = looks.Select(l => l.Rss).DefaultIfEmpty(0).Max();
        session.Output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{messages:#,##0} messages, {lost} lost, accounts {(isBalanced ? "balanced" : "NOT balanced")}, book {market.Book.State}; memory at most {most:0.0} MiB, in the last two thirds {slope:+0.00;-0.00} MiB a minute; {looks.Select(l => l.Cpu).DefaultIfEmpty(0).Average():0.00} processors; at most {looks.Select(l => l.LagMs).DefaultIfEmpty(0).Max():0.0} ms behind"));
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("messages", messages);
            w.WriteNumber("lost", lost);
            w.WriteBoolean("balanced", isBalanced);
            w.WriteNumber("rss_mib_most", most);
            w.WriteNumber("rss_mib_per_minute", slope);
            w.WriteStartArray("looks");
            foreach (var look in looks)
            {
                w.WriteStartObject();
                w.WriteNumber("seconds", look.Seconds);
                w.WriteNumber("rss_mib", look.Rss);
                w.WriteNumber("processors", look.Cpu);
                w.WriteNumber("received", look.Received);
                w.WriteNumber("lag_ms", look.LagMs);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return lost == 0 && isBalanced ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Least squares, MiB a minute.</summary>
    private static double Slope(List<Look> looks)
    {
        if (looks.Count < 2) return 0;
        var (x, y) = (looks.Average(l => l.Seconds), looks.Average(l => l.Rss));
        return 60 * looks.Sum(l => (l.Seconds - x) * (l.Rss - y)) / looks.Sum(l => (l.Seconds - x) * (l.Seconds - x));
    }

    private static long Received(FollowedMarket market) => channels.Sum(c => market.Account(c).Received);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="Seconds">Since the start.</param>
    /// <param name="Rss">Resident memory, MiB.</param>
    /// <param name="Cpu">Processors busy since the last look, user and system.</param>
    /// <param name="Received">Messages so far.</param>
    /// <param name="LagMs">From sending to receipt of the newest change of the book.</param>
    /// <param name="Unsynced">Inputs that are not yet durable.</param>
    private sealed record Look(double Seconds, double Rss, double Cpu, long Received, double LagMs, long Unsynced);

    private sealed class Silence : QuietTap;
}
