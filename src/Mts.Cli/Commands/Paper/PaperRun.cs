using Mts.Cli.Live;
using Mts.Engine.Sessions;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Paper;

/// <summary>Leads a market's events into a session, keeps the journal durable, and shows fills once they are.</summary>
/// <param name="session">Where it is told of.</param>
/// <param name="market">Brings the events.</param>
/// <param name="journal">The session's.</param>
/// <param name="paper">The session as it is.</param>
/// <param name="again">Runs the journal again.</param>
/// <param name="timeout">Longest time of one event.</param>
internal sealed class PaperRun(Session session, ILiveMarket market, ISessionJournal journal, PaperSession paper, Func<SessionReplay> again, TimeSpan timeout) : IDisposable
{
    private static readonly TimeSpan MostUnwritten = TimeSpan.FromMilliseconds(50);
    private int shown = paper.Fills.Count;
    private long committed = session.Clock.GetTimestamp();
    private PaperSession paper = paper;
    private StrategyThread thread = new(timeout, session.Clock);

    /// <summary>The session as it is now; another one after a strategy was given up.</summary>
    public PaperSession Paper => paper;

    /// <summary>Starts the strategies.</summary>
    /// <exception cref="StrategyException">The last of them failed.</exception>
    public void Start()
    {
        while (!Calls(() => paper.Start(), "OnStart of strategy", Timestamp.Now(session.Clock)))
        {
        }
    }

    /// <summary>Until the duration has passed.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; what has come in is durable.</exception>
    public async Task FollowAsync(TimeSpan? duration, CancellationToken cancellationToken)
    {
        using var stop = new RunningTime(duration, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
        try
        {
            PushStored();
            await using var events = market.FollowAsync(Wanted(), either.Token).GetAsyncEnumerator(either.Token);
            while (true)
            {
                var next = events.MoveNextAsync();
                // Nothing waits: what is there becomes durable now. Otherwise it does after 50 ms, or before a fill is shown.
                if (!next.IsCompleted) Commit();
                if (!await next) return;
                Push(events.Current);
                if (paper.Fills.Count > shown || session.Clock.GetElapsedTime(committed) >= MostUnwritten) Commit();
            }
        }
        catch (OperationCanceledException) when (stop.IsOver && !cancellationToken.IsCancellationRequested)
        {
            session.Output.Line($"the time is up: {paper.Tally.Slices} instants");
        }
        finally
        {
            Commit();
        }
    }

    public void Dispose() => thread.Dispose();

    private void Push(LiveInput input) => Calls(() => paper.Push(input), "strategy", input.Received);

    // False where a strategy was given up in it: what came in is in the journal, and the others have taken it.
    private bool Calls(Action call, string whom, Timestamp time)
    {
        try
        {
            thread.Run(call, string.Join(" + ", paper.Asked.Select(s => $"{whom} {s}")), time);
            return true;
        }
        catch (StrategyException fault) when ((fault.Strategy ?? paper.Call?.Strategy) is { } name && paper.Asked.Count > 1 && paper.Asked.Contains(name))
        {
            GoOnWithout(name, fault);
            return false;
        }
    }

    // What the strategy had begun is forgotten with its engine: the journal is run again without it, and the others go on from there.
    private void GoOnWithout(string name, StrategyException fault)
    {
        var cause = fault.Strategy is null ? $"it did not return within {timeout.TotalSeconds:0.###} s, {paper.Call?.Where}" : fault.Message;
        paper.GiveUp(name, Timestamp.Now(session.Clock), cause);
        session.Output.Note($"error: strategy {name} is given up, the others go on: {cause}");
        thread.Dispose();
        thread = new StrategyThread(timeout, session.Clock);
        thread.Run(() => paper = PaperSession.GoOn(again(), journal), string.Join(" + ", paper.Asked.Except([name]).Select(s => $"strategy {s}")), Timestamp.Now(session.Clock));
    }

    private void Commit()
    {
        journal.Commit();
        committed = session.Clock.GetTimestamp();
        for (; shown < paper.Fills.Count; shown++) session.Output.Line(PaperDocument.Line(paper.Fills[shown], paper.Plan));
        session.Host.Out.Flush();
    }

    // From the first bar of the warm-up, or where the journal ends.
    private LiveSeries[] Wanted() => [.. paper.Plan.Instruments.Select((instrument, i) => new LiveSeries(instrument.Key, paper.NextBar(i) ?? WarmUp))];

    private Timestamp WarmUp => paper.Plan.Start - (paper.Plan.Instruments[0].Key.Interval.Length * paper.Plan.Options.WarmUp);

    // What the store has need not be fetched; and macro figures come from nowhere else.
    private void PushStored()
    {
        if (!SqliteStore.Exists(session.DataDirectory)) return;
        using var store = session.OpenReader();
        var now = Timestamp.Now(session.Clock);
        foreach (var id in paper.MacroSeries)
        {
            foreach (var observation in store.ReadMacro(id, DateOnly.MinValue, now.Date).Where(o => o.Value is not null)) Calls(() => paper.Learn(new LiveMacro(now, id, observation)), "strategy", now);
        }

        var bars = new List<LiveBar>();
        for (var i = 0; i < paper.Plan.Instruments.Count; i++)
        {
            var series = store.ReadBars(paper.Plan.Instruments[i].Key, paper.NextBar(i) ?? WarmUp, paper.Plan.Start);
            // Up to its first hole: what is missing in the store may be at the venue.
            for (var b = 0; b < series.Length && series[b].OpenTime == (b == 0 ? paper.NextBar(i) ?? WarmUp : series.CloseTime(b - 1)); b++) bars.Add(new LiveBar(now, i, series[b], IsLate: true));
        }

        foreach (var bar in bars.OrderBy(b => b.Bar.OpenTime).ThenBy(b => b.Series)) Push(bar);
        Commit();
    }
}
