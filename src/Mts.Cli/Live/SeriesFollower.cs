namespace Mts.Cli.Live;

/// <summary>One series on its way: which minute it lacks, and the minutes that have come and wait for it.</summary>
/// <param name="number">Index of the series.</param>
/// <param name="key">Its interval is a multiple of a minute.</param>
/// <param name="from">Open time of the first bar wanted.</param>
internal sealed class SeriesFollower(int number, SeriesKey key, Timestamp from)
{
    /// <summary>So long after its end a minute that the stream has not brought is fetched.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(15);

    // The venue needs a moment to write a bar that has closed.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Queue<LiveBar> waiting = new();
    private BarAssembly assembly = Assembly(key);

    public SeriesKey Key => key;

    /// <summary>Open time of the first minute that is lacking.</summary>
    public Timestamp Next { get; private set; } = key.Interval.Floor(from);

    public void Add(LiveBar minute) => waiting.Enqueue(minute);

    /// <summary>Whether minutes are lacking that the stream will not bring.</summary>
    public bool IsBehind(Timestamp now)
    {
        while (waiting.TryPeek(out var old) && old.Bar.OpenTime < Next) waiting.Dequeue();
        return waiting.TryPeek(out var first) ? first.Bar.OpenTime > Next : now >= Next + Interval.Minute.Length + Overdue;
    }

    /// <summary>The longer bars that the minutes in sequence complete.</summary>
    public IEnumerable<LiveBar> Release()
    {
        while (waiting.TryPeek(out var minute) && minute.Bar.OpenTime <= Next)
        {
            waiting.Dequeue();
            if (minute.Bar.OpenTime < Next) continue;
            Next += Interval.Minute.Length;
            if (assembly.Add(minute.Bar) is { } bar) yield return minute with { Bar = bar };
        }
    }

    /// <summary>Open time of the first minute that waits, or of the one under way.</summary>
    public Timestamp LackingUntil(Timestamp now) => waiting.TryPeek(out var first) ? first.Bar.OpenTime : Interval.Minute.Floor(now);

    /// <summary>Fetches what is lacking up to then; changes nothing.</summary>
    /// <exception cref="ApiException">The venue failed.</exception>
    public async Task<SeriesCatchUp> FetchAsync(IBarHistory history, Timestamp until, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (until <= Next) return new SeriesCatchUp(this, [], Next, assembly);
        var (start, whole) = (key.Interval.Floor(Next), key.Interval.Floor(until));
        var found = new List<LiveInput>();
        var next = await FetchAsync(key.Interval, start, whole, bar => found.Add(new LiveBar(Timestamp.Now(clock), number, bar, IsLate: true)));
        var minutes = Assembly(key);
        if (next == whole && whole < until) next = await FetchAsync(Interval.Minute, whole, until, minute => _ = minutes.Add(minute));
        return new SeriesCatchUp(this, found, next, minutes);

        async Task<Timestamp> FetchAsync(Interval interval, Timestamp open, Timestamp end, Action<Bar> give)
        {
            if (open >= end) return end;
            await foreach (var page in history.FetchAsync(key.Symbol, interval, open, end, cancellationToken))
            {
                foreach (var bar in page.Bars)
                {
                    if (bar.OpenTime > open) found.Add(Gap(open, bar.OpenTime));
                    give(bar);
                    open = bar.OpenTime + interval.Length;
                }
            }

            if (open >= end || Timestamp.Now(clock) - end < Fresh) return open;
            found.Add(Gap(open, end));
            return end;
        }

        LiveGap Gap(Timestamp open, Timestamp end) => new(Timestamp.Now(clock), number, open, end, "the venue has no bars of that time");
    }

    /// <summary>What was fetched counts from now on.</summary>
    public void Accept(SeriesCatchUp caughtUp) => (Next, assembly) = (caughtUp.Next, caughtUp.Assembly);

    private static BarAssembly Assembly(SeriesKey key) => new(key with { Interval = Interval.Minute }, key.Interval);
}

/// <param name="Series">Whose.</param>
/// <param name="Found">Bars, and gaps where the venue has none; oldest first.</param>
/// <param name="Next">Open time of the first minute that is lacking after them.</param>
/// <param name="Assembly">Has the minutes of the bar under way.</param>
internal sealed record SeriesCatchUp(SeriesFollower Series, IReadOnlyList<LiveInput> Found, Timestamp Next, BarAssembly Assembly);
