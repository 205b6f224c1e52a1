using Mts.Cli.Live;
using Mts.Engine.Sessions;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Paper;

/// <summary>Leads a market's events into a session, keeps the journal durable, and shows fills once they are.</summary>
internal sealed class PaperRun(Session session, ILiveMarket market, ISessionJournal journal, PaperSession paper, StrategyThread thread)
{
    private static readonly TimeSpan MostUnwritten = TimeSpan.FromMilliseconds(50);
    private int shown = paper.Fills.Count;
    private long committed = session.Clock.GetTimestamp();

    /// <summary>Until the duration has passed.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; what has come in is durable.</exception>
    public async Task FollowAsync(TimeSpan? duration, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource(duration ?? Timeout.InfiniteTimeSpan, session.Clock);
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
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            session.Output.Line($"the time is up: {paper.Tally.Slices} instants");
        }
        finally
        {
            Commit();
        }
    }

    private void Push(LiveInput input) => thread.Run(() => paper.Push(input), string.Join(" + ", paper.Plan.Strategies.Select(s => $"strategy {s.Name}")), input.Received);

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
            foreach (var observation in store.ReadMacro(id, DateOnly.MinValue, now.Date).Where(o => o.Value is not null)) paper.Learn(new LiveMacro(now, id, observation));
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
