using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Shell;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Realtime.Shell;

public sealed class LiveSessionTests : IDisposable
{
    private static readonly Symbol Bitcoin = Symbol.Parse("BTC/USDT");

    private readonly ManualTimeProvider clock = new();
    private readonly MemoryJournal journal = new();
    private readonly ScriptedTransport transport = new();
    private readonly ScriptedFetch fetch = new();
    private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly LiveSession session;

    public LiveSessionTests() => session = new LiveSession(journal, clock, new LiveOptions(), NullLogger.Instance);

    [Fact]
    public async Task Gives_every_input_in_the_order_of_the_journal()
    {
        var (one, two) = (Add("wss://one.test/base/"), Add("ws://two.test"));
        one.Does["Started"] = s => s.Connect(1, "/ws?x=1");
        two.Does["Started"] = s => s.Connect(1, "");
        var run = Run();
        var connections = new[] { await transport.NextAsync(), await transport.NextAsync() }.OrderBy(c => c.Address.Host).ToArray();
        connections.Select(c => c.Address.AbsoluteUri).ShouldBe(["wss://one.test/base/ws?x=1", "ws://two.test/"]);
        await Task.WhenAll(connections.Select(c => Task.Run(() => c.Bring(Enumerable.Range(1, 2_000).Select(i => $"frame {i}")))));
        foreach (var feed in new[] { one, two }) await feed.UntilAsync("Frame 1 frame 2000");
        connections[0].End("over");
        await one.UntilAsync("Closed 1 over");
        await EndAsync(run);

        one.Inputs.ShouldBe(["Started 0 settings", "Opened 1 ", .. Enumerable.Range(1, 2_000).Select(i => $"Frame 1 frame {i}"), "Closed 1 over"]);
        journal.Of(0).ShouldBe(one.Inputs);
        journal.Of(1).ShouldBe(two.Inputs);
        journal.Handled.ShouldBe(journal.Inputs);
    }

    [Fact]
    public async Task Keeps_what_it_sends_behind_the_input_that_made_it_send()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        feed.Does["Opened"] = s =>
        {
            s.Send(1, "subscribe"u8);
            s.Send(9, "to nobody"u8);
        };
        var run = Run();
        var connection = await transport.NextAsync();
        connection.Bring("ack");
        await feed.UntilAsync("Frame 1 ack");
        await EndAsync(run);
        connection.Sent.ShouldBe(["subscribe"]);
        journal.Of(0).ShouldBe(["Started 0 settings", "Opened 1 ", "Sent 1 subscribe", "Frame 1 ack"]);
    }

    [Fact]
    public async Task Tells_why_a_connection_was_refused_and_how_long_to_wait()
    {
        transport.Instead = (_, _) => throw new ApiRateLimitException("venue", "too many", TimeSpan.FromSeconds(7)) { Status = 429 };
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        var run = Run();
        await feed.UntilAsync("Refused 1 venue: too many");
        await EndAsync(run);
        feed.Last.Value.ShouldBe(7_000_000);
    }

    [Fact]
    public async Task Tells_why_a_connection_broke()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        var run = Run();
        var connection = await transport.NextAsync();
        connection.Break(new ApiConnectionException("venue", "cut"));
        await feed.UntilAsync("Closed 1 venue: cut");
        await EndAsync(run);
    }

    [Fact]
    public async Task Says_nothing_of_a_connection_that_the_feed_has_closed()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        feed.Does["Frame"] = s =>
        {
            s.Close(1, "enough");
            s.Connect(2, "");
        };
        var run = Run();
        (await transport.NextAsync()).Bring("one", "two", "three");
        await feed.UntilAsync("Opened 2 ");
        await EndAsync(run);
        feed.Inputs.ShouldBe(["Started 0 settings", "Opened 1 ", "Frame 1 one", "Opened 2 "]);
    }

    [Fact]
    public async Task Gives_up_an_attempt_that_the_feed_closes()
    {
        var given = new TaskCompletionSource();
        transport.Instead = async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(given.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            throw new InvalidOperationException();
        };
        var feed = Add();
        feed.Does["Started"] = s =>
        {
            s.Connect(1, "");
            s.Close(1, "changed my mind");
        };
        var run = Run();
        await given.Task.WaitAsync(TestContext.Current.CancellationToken);
        await EndAsync(run);
        feed.Inputs.ShouldBe(["Started 0 settings"]);
    }

    [Fact]
    public async Task Brings_what_was_fetched_or_why_not()
    {
        fetch.Answers[1] = () => "body"u8.ToArray();
        fetch.Answers[2] = () => throw new ApiRateLimitException("venue", "slow down", TimeSpan.FromMilliseconds(1.5));
        var feed = Add();
        feed.Does["Started"] = s => s.Fetch(5, new FetchRequest(FetchKind.Snapshot, Bitcoin, Levels: 1));
        feed.Does["Fetched"] = s => s.Fetch(6, new FetchRequest(FetchKind.Snapshot, Bitcoin, Levels: 2));
        var run = Run();
        await feed.UntilAsync("FetchFailed 6 venue: slow down");
        await EndAsync(run);
        feed.Inputs.ShouldContain("Fetched 5 body");
        feed.Last.Value.ShouldBe(1_500);
    }

    [Fact]
    public async Task Fires_each_timer_when_it_is_due()
    {
        var (one, two) = (Add(), Add());
        var start = Timestamp.Now(clock);
        one.NextTimer = start + TimeSpan.FromSeconds(5);
        two.NextTimer = start + TimeSpan.FromSeconds(2);
        one.Does["Timer"] = _ => one.NextTimer = one.NextTimer + TimeSpan.FromSeconds(10);
        two.Does["Timer"] = _ => two.NextTimer = null;
        var run = Run();
        clock.Advance(TimeSpan.FromSeconds(20));
        await EndAsync(run);
        one.Times.ShouldBe([start, start + TimeSpan.FromSeconds(5), start + TimeSpan.FromSeconds(15)]);
        two.Times.ShouldBe([start, start + TimeSpan.FromSeconds(2)]);
    }

    [Theory]
    [InlineData(30, 31)]
    [InlineData(-30, 0.5)]
    public async Task Tells_every_feed_once_that_the_clock_was_set(int seconds, double later)
    {
        var (one, two) = (Add(), Add());
        var start = Timestamp.Now(clock);
        one.NextTimer = start + TimeSpan.FromSeconds(1);
        var run = Run();
        one.NextTimer = null;
        clock.Set(TimeSpan.FromSeconds(seconds));
        clock.Advance(TimeSpan.FromSeconds(1));
        await EndAsync(run);
        foreach (var feed in new[] { one, two })
        {
            feed.Inputs.ShouldBe(["Started 0 settings", "Timer 0 "]);
            feed.Last.Value.ShouldBe(seconds * 1_000_000);
            feed.Times[^1].ShouldBe(start + TimeSpan.FromSeconds(later));
        }

        journal.Of(1).ShouldBe(two.Inputs);
    }

    [Fact]
    public async Task Ends_loudly_when_the_journal_cannot_be_written()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        journal.FailsAt = 4;
        var run = Run();
        (await transport.NextAsync()).Bring("one", "two", "three");
        (await Should.ThrowAsync<StorageException>(() => run)).Message.ShouldBe("disk full");
        feed.Inputs.ShouldBe(["Started 0 settings", "Opened 1 ", "Frame 1 one"]);
    }

    [Fact]
    public async Task Goes_on_while_the_disk_takes_nothing_and_ends_when_it_does_again_and_inputs_are_missing()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        var run = Run();
        var connection = await transport.NextAsync();
        connection.Bring("one");
        await feed.UntilAsync("Frame 1 one");
        (journal.Problem, journal.HasHole, journal.Lost) = ("disk full", true, 7);
        connection.Bring("two");
        await feed.UntilAsync("Frame 1 two");
        journal.Problem = null;
        connection.Bring("three");
        (await Should.ThrowAsync<JournalHoleException>(() => run)).Message.ShouldStartWith("7 inputs were not kept");
    }

    [Fact]
    public async Task Ends_when_a_feed_fails()
    {
        var feed = Add();
        feed.Does["Started"] = s => s.Connect(1, "");
        feed.Does["Frame"] = _ => throw new InvalidOperationException("a bug");
        var run = Run();
        (await transport.NextAsync()).Bring("one");
        await Should.ThrowAsync<InvalidOperationException>(() => run);
    }

    [Fact]
    public async Task Ends_at_once_where_the_address_is_wrong()
    {
        transport.Instead = (_, _) => throw new ConfigurationException("not a ws address");
        Add().Does["Started"] = s => s.Connect(1, "");
        await Should.ThrowAsync<ConfigurationException>(Run);
    }

    public void Dispose()
    {
        session.Dispose();
        end.Dispose();
    }

    private ScriptedFeed Add(string address = "ws://venue.test")
    {
        ScriptedFeed? feed = null;
        session.Add("feed", new Uri(address), transport, fetch, shell => feed = new ScriptedFeed(shell, journal));
        return feed!;
    }

    private Task Run() => session.RunAsync("settings"u8.ToArray(), end.Token);

    private async Task EndAsync(Task run)
    {
        await end.CancelAsync();
        await run;
    }

    private sealed class ScriptedFeed(IFeedShell shell, MemoryJournal journal) : IFeedInputs
    {
        private readonly Channel<string> seen = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public Dictionary<string, Action<IFeedShell>> Does { get; } = [];

        public List<string> Inputs { get; } = [];

        public List<Timestamp> Times { get; } = [];

        public FeedInput Last { get; private set; }

        public Timestamp? NextTimer { get; set; }

        public void OnInput(in FeedInput input, ReadOnlySpan<byte> bytes)
        {
            var text = MemoryJournal.Text(input, bytes);
            journal.Handled.Add($"{input.Feed} {text}");
            Inputs.Add(text);
            Times.Add(input.Time);
            Last = input;
            if (Does.TryGetValue(input.Kind.ToString(), out var does)) does(shell);
            seen.Writer.TryWrite(text).ShouldBeTrue();
        }

        public async Task UntilAsync(string input)
        {
            while (await seen.Reader.ReadAsync(TestContext.Current.CancellationToken) != input)
            {
                // Others come before it.
            }
        }
    }

    private sealed class MemoryJournal : IFeedJournal
    {
        public List<string> Inputs { get; } = [];

        public List<string> Handled { get; } = [];

        public int FailsAt { get; set; }

        public long Appended => Inputs.Count;

        public long Durable => Inputs.Count;

        public string? Problem { get; set; }

        public bool HasHole { get; set; }

        public long Lost { get; set; }

        public static string Text(in FeedInput input, ReadOnlySpan<byte> bytes) => $"{input.Kind} {input.Number} {Encoding.UTF8.GetString(bytes)}";

        public string[] Of(int feed) => [.. Inputs.Where(i => i.StartsWith($"{feed} ", StringComparison.Ordinal)).Select(i => i[2..])];

        public void Append(in FeedInput input, ReadOnlySpan<byte> bytes)
        {
            if (Inputs.Count + 1 == FailsAt) throw new StorageException("disk full");
            Inputs.Add($"{input.Feed} {Text(input, bytes)}");
        }
    }

    private sealed class ScriptedFetch : IVenueFetch
    {
        public Dictionary<int, Func<byte[]>> Answers { get; } = [];

        public Task<ReadOnlyMemory<byte>> FetchAsync(FetchRequest request, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>>(Answers[request.Levels]());
    }
}
