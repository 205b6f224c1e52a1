using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>
/// Runs feeds on sockets, requests and a clock. Whatever happens to any of them is one input; all inputs stand in one order, each is in the
/// journal before it is handled, and only one is handled at a time.
/// </summary>
public sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock turn = new();
    private readonly List<FeedShell> shells = [];
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IFeedJournal journal;
    private readonly TimeProvider clock;
    private readonly LiveOptions options;
    private readonly ILogger log;
    private readonly SessionClock time;
    private readonly ITimer timer;
    private readonly RunningTasks tasks = new();
    private Timestamp present;
    private Timestamp? armed;
    private ExceptionDispatchInfo? ending;
    private bool isRunning;

    /// <param name="journal">Takes every input before it is handled. While it cannot the session goes on; it ends when it can again and inputs are missing.</param>
    /// <param name="clock">Tells the time of inputs and fires the timers.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="log">Connections, refusals and failures.</param>
    public LiveSession(IFeedJournal journal, TimeProvider clock, LiveOptions options, ILogger log)
    {
        (this.journal, this.clock, this.options, this.log) = (journal, clock, options, log);
        time = new SessionClock(clock);
        timer = clock.CreateTimer(static o => ((LiveSession)o!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a feed, before the session runs. Its number in the inputs is its place.</summary>
    /// <param name="name">For the log.</param>
    /// <param name="baseAddress">Connections are made below it; <c>ws</c> or <c>wss</c>.</param>
    /// <param name="transport">Makes them.</param>
    /// <param name="fetch">Serves requests.</param>
    /// <param name="create">Makes the feed on its shell.</param>
    public void Add(string name, Uri baseAddress, IFrameTransport transport, IVenueFetch fetch, Func<IFeedShell, IFeedInputs> create)
    {
        if (isRunning) throw new InvalidOperationException("the session runs already");
        var shell = new FeedShell(this, shells.Count, name, baseAddress, transport, fetch, options, log);
        shell.Feed = create(shell);
        shells.Add(shell);
    }

    /// <summary>Runs until it is cancelled, then closes the connections and returns.</summary>
    /// <param name="settings">Given to every feed, and kept in the journal, as the bytes of its first input.</param>
    /// <param name="cancellationToken">Ends the session in due form.</param>
    /// <exception cref="Mts.Core.JournalHoleException">Inputs are missing in the journal, and it takes them again: begin the session anew.</exception>
    /// <exception cref="Mts.Core.ConfigurationException">An address or certificate file is wrong.</exception>
    public async Task RunAsync(ReadOnlyMemory<byte> settings, CancellationToken cancellationToken)
    {
        isRunning = true;
        time.Now();
        time.TakeStep();
        foreach (var shell in shells) Give(shell, FeedInputKind.Started, 0, 0, settings.Span);
        await over.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (turn) isRunning = false;
        timer.Dispose();
        Look(() => shells.ForEach(s => s.CloseAll()));
        stop.CancelAfter(options.CloseTimeout);
        await tasks.IdleAsync();
        ending?.Throw();
    }

    /// <summary>Looks at the feeds while none of them moves.</summary>
    public void Look(Action look)
    {
        lock (turn) look();
    }

    public void Dispose()
    {
        timer.Dispose();
        stop.Dispose();
        tasks.Dispose();
    }

    /// <summary>Cancelled when the end of the session can wait no longer.</summary>
    internal CancellationToken Stopping => stop.Token;

    /// <summary>What gives up one attempt to connect, alone or with the session.</summary>
    internal CancellationTokenSource Attempt() => CancellationTokenSource.CreateLinkedTokenSource(stop.Token);

    /// <summary>Starts what runs beside the session, and ends the session when that fails unforeseen.</summary>
    internal void Start(Func<CancellationToken, Task> work) => tasks.Start(async () =>
    {
        try
        {
            await work(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The session is over.
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    });

    /// <summary>One input, in its turn.</summary>
    /// <returns>False where the session is over and nothing more is taken.</returns>
    internal bool Give(FeedShell shell, FeedInputKind kind, int number, long value, ReadOnlySpan<byte> bytes)
    {
        lock (turn)
        {
            if (!isRunning || !TryReadClock()) return false;
            if (!TryHandle(shell, new FeedInput(shell.Number, kind, number, present, value), bytes)) return false;
            Arm(shell);
            return true;
        }
    }

    /// <summary>Takes the frames that have arrived, as one turn.</summary>
    /// <returns>True where more are there.</returns>
    internal bool GiveFrames(FeedShell shell, FeedSocket socket)
    {
        lock (turn)
        {
            if (isRunning && !TryReadClock()) return false;
            for (var i = 0; i < options.FramesPerTurn; i++)
            {
                if (!isRunning || socket.IsClosed || !socket.Connection!.TryTake(out var frame))
                {
                    if (isRunning) Arm(shell);
                    return false;
                }

                if (!TryHandle(shell, new FeedInput(shell.Number, FeedInputKind.Frame, socket.Number, present), frame)) return false;
            }

            Arm(shell);
            return true;
        }
    }

    /// <summary>Notes what a feed sends while it handles an input.</summary>
    internal void NoteSent(int feed, int connection, ReadOnlySpan<byte> text) => journal.Append(new FeedInput(feed, FeedInputKind.Sent, connection, present), text);

    /// <summary>What the time is now; where the clock was set, every feed is told first.</summary>
    private bool TryReadClock()
    {
        present = time.Now();
        var step = time.TakeStep();
        if (step == TimeSpan.Zero) return true;
        log.LogWarning("This machine's clock was set {Direction} by {Seconds:0.000} s.", step < TimeSpan.Zero ? "back" : "forward", step.Duration().TotalSeconds);
        foreach (var shell in shells)
        {
            if (!TryHandle(shell, new FeedInput(shell.Number, FeedInputKind.Timer, 0, present, step.Ticks / TimeSpan.TicksPerMicrosecond), default)) return false;
        }

        foreach (var shell in shells) Arm(shell);
        return true;
    }

    private bool TryHandle(FeedShell shell, in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        try
        {
            journal.Append(input, bytes);
            shell.Feed!.OnInput(input, bytes);
            if (!journal.HasHole || journal.Problem is not null) return true;
            // What came while the disk took nothing is handled, not kept: only feeds that begin anew can be played again from here.
            Fail(new JournalHoleException(journal.Lost));
            return false;
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }
    }

    private void Fail(Exception failure)
    {
        lock (turn)
        {
            isRunning = false;
            ending ??= ExceptionDispatchInfo.Capture(failure);
        }

        // Of a hole whoever begins the session anew tells.
        log.Log(failure is JournalHoleException ? LogLevel.Information : LogLevel.Error, failure, "The session ends: {Failure}", failure.Message);
        over.TrySetResult();
    }

    private void Arm(FeedShell shell)
    {
        if (shell.Feed!.NextTimer is not { } due || armed <= due) return;
        armed = due;
        var wait = due - present;
        timer.Change(wait < ShortestTimer ? ShortestTimer : wait > LongestTimer ? LongestTimer : wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (turn)
        {
            if (!isRunning) return;
            armed = null;
            if (!TryReadClock()) return;
            foreach (var shell in shells)
            {
                if (shell.Feed!.NextTimer <= present && !TryHandle(shell, new FeedInput(shell.Number, FeedInputKind.Timer, 0, present), default)) return;
            }

            foreach (var shell in shells) Arm(shell);
        }
    }
}
