using System.Runtime.CompilerServices;

namespace Mts.Cli.Live;

/// <summary>
/// Follows markets by what the feeds say: closed minutes made into the bars of the series, best prices as long as the book is valid, funding once it is
/// settled. What the streams did not bring is fetched, and comes before newer bars. Whoever runs the feeds gives them <see cref="Inbox"/> to speak to.
/// </summary>
/// <param name="bars">A venue's bars.</param>
/// <param name="funding">A venue's settled rates; asked for perpetuals only.</param>
/// <param name="withTops">Whether best prices are wanted.</param>
/// <param name="clock">The receiver's.</param>
/// <param name="note">Takes what failed and is tried again.</param>
internal sealed class StreamedMarket(Func<string, IBarHistory> bars, Func<string, IFundingHistory> funding, bool withTops, TimeProvider clock, Action<string> note) : ILiveMarket
{
    private static readonly TimeSpan ClockEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TopEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public MarketInbox Inbox { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="ConfigurationException">Bars are shorter than a minute.</exception>
    public async IAsyncEnumerable<LiveInput> FollowAsync(IReadOnlyList<LiveSeries> series, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(series);
        var turn = new Turn(series);
        Inbox.Follow(series, withTops);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var pulse = clock.CreateTimer(_ => Inbox.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                foreach (var bar in await BarsAsync(turn, stop.Token)) yield return bar;
                foreach (var rate in await FundingAsync(turn, stop.Token)) yield return rate;
                if (turn.HasBegun)
                {
                    foreach (var top in Tops(turn)) yield return top;
                    if (Now - turn.ClockTold >= ClockEvery) yield return new LiveClock(turn.ClockTold = Now);
                }

                pulse.Change(withTops ? TopEvery : ClockEvery, Timeout.InfiniteTimeSpan);
                await Inbox.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await turn.EndAsync();
        }
    }

    private Timestamp Now => Timestamp.Now(clock);

    private static void Check(IReadOnlyList<LiveSeries> series)
    {
        foreach (var key in series.Select(s => s.Key).Where(k => k.Interval.Micros % Interval.Minute.Micros != 0))
            throw new ConfigurationException($"{key} cannot be followed by the streams, because they bring 1m bars; choose a multiple of 1m, or --feed poll.");
    }

    // While one series catches up, the newer bars of all of them wait, so that no instant is decided without one that only failed to answer.
    private async Task<IReadOnlyList<LiveInput>> BarsAsync(Turn turn, CancellationToken cancellationToken)
    {
        var now = Now;
        foreach (var minute in Inbox.TakeMinutes()) turn.Series[minute.Series].Add(minute);
        var found = new List<LiveInput>();
        if (turn.CatchUp is { IsCompleted: true } done)
        {
            turn.CatchUp = null;
            if (await TryAsync(done, turn.Series[0].Key.Venue, cancellationToken) is { } caughtUp)
            {
                foreach (var one in caughtUp) one.Series.Accept(one);
                found.AddRange(caughtUp.SelectMany(c => c.Found));
                turn.HasBegun = true;
            }
            else
            {
                turn.RetryAt = now + RetryAfter;
            }
        }

        if (turn.CatchUp is null && now >= turn.RetryAt && turn.Series.Where(s => !turn.HasBegun || s.IsBehind(now)).ToList() is { Count: > 0 } behind)
            turn.CatchUp = CatchUpAsync([.. behind.Select(b => (b, b.LackingUntil(now)))], cancellationToken);
        if (turn.CatchUp is null && turn.HasBegun && now >= turn.RetryAt) found.AddRange(turn.Series.SelectMany(s => s.Release()));
        return [.. found.OrderBy(i => PlaceOf(i).From).ThenBy(i => PlaceOf(i).Series)];
    }

    private async Task<IReadOnlyList<SeriesCatchUp>> CatchUpAsync(IReadOnlyList<(SeriesFollower Series, Timestamp Until)> behind, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<SeriesCatchUp>();
            foreach (var (one, until) in behind) found.Add(await one.FetchAsync(bars(one.Key.Venue), until, clock, cancellationToken));
            return found;
        }
        finally
        {
            Inbox.Wake();
        }
    }

    private async Task<IReadOnlyList<FundingRate>> AskAsync(FundingFollower one, Timestamp now, CancellationToken cancellationToken)
    {
        try
        {
            return await one.FetchAsync(funding(one.Key.Venue), now, cancellationToken);
        }
        finally
        {
            Inbox.Wake();
        }
    }

    private async Task<IReadOnlyList<LiveInput>> FundingAsync(Turn turn, CancellationToken cancellationToken)
    {
        var now = Now;
        var found = new List<LiveInput>();
        if (turn.Asked is { IsCompleted: true } done)
        {
            var (of, answer) = (turn.AskedOf!, await TryAsync(done, $"{turn.AskedOf!.Key}: funding", cancellationToken));
            turn.Asked = null;
            found.AddRange(of.Take(answer, now));
        }

        foreach (var one in turn.Funding) one.Value.Look(Inbox.Mark(one.Key), now);
        if (turn.Asked is null && turn.Funding.Values.FirstOrDefault(f => f.IsToBeAsked(now)) is { } next)
            (turn.AskedOf, turn.Asked) = (next, AskAsync(next, now, cancellationToken));
        return found;
    }

    private IEnumerable<LiveTop> Tops(Turn turn)
    {
        for (var i = 0; withTops && i < turn.Series.Length; i++)
        {
            if (Inbox.TakeTop(i) is { } top) yield return top;
        }
    }

    // An answer that is no market data is refused, and the next one may be.
    private async Task<T?> TryAsync<T>(Task<T> done, string what, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await done.WaitAsync(cancellationToken);
        }
        catch (MtsException e) when (e is ApiException { IsTransient: true } or DataValidationException)
        {
            note($"{what}: {e.Message}; it is asked again");
            return null;
        }
    }

    private static (Timestamp From, int Series) PlaceOf(LiveInput input) => input is LiveBar bar ? (bar.Bar.OpenTime, bar.Series) : (((LiveGap)input).From, ((LiveGap)input).Series);

    /// <summary>What one enumeration knows.</summary>
    private sealed class Turn(IReadOnlyList<LiveSeries> series)
    {
        public SeriesFollower[] Series { get; } = [.. series.Select((s, i) => new SeriesFollower(i, s.Key, s.From))];

        public Dictionary<int, FundingFollower> Funding { get; } =
            series.Select((s, i) => (s, i)).Where(s => s.s.Key.Symbol.IsPerpetual).ToDictionary(s => s.i, s => new FundingFollower(s.i, s.s.Key, s.s.From));

        public Task<IReadOnlyList<SeriesCatchUp>>? CatchUp { get; set; }

        public Task<IReadOnlyList<FundingRate>>? Asked { get; set; }

        public FundingFollower? AskedOf { get; set; }

        /// <summary>The past has been caught up with once.</summary>
        public bool HasBegun { get; set; }

        public Timestamp RetryAt { get; set; } = Timestamp.MinValue;

        public Timestamp ClockTold { get; set; } = Timestamp.MinValue;

        /// <summary>Waits for what is under way; its failure is of no interest any more.</summary>
        public async Task EndAsync()
        {
            foreach (var task in new Task?[] { CatchUp, Asked }.OfType<Task>()) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
