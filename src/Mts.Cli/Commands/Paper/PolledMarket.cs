using System.Runtime.CompilerServices;

namespace Mts.Cli.Commands.Paper;

/// <summary>Follows a venue by asking it: closed bars at their close, settled funding once a minute, the best prices of the book once a second where they are wanted.</summary>
/// <param name="bars">The venue's bars.</param>
/// <param name="funding">Its settled rates; asked for perpetuals only.</param>
/// <param name="depth">Its order book; null where nobody trades at it.</param>
/// <param name="clock">The receiver's.</param>
/// <param name="note">Takes what failed and is tried again.</param>
internal sealed class PolledMarket(
    IBarHistory bars, IFundingHistory funding, Func<Symbol, CancellationToken, Task<DepthSnapshot>>? depth, TimeProvider clock, Action<string> note) : ILiveMarket
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FundingPause = TimeSpan.FromMinutes(1);

    // The venue needs a moment to write a bar that has closed.
    private static readonly TimeSpan AfterClose = TimeSpan.FromMilliseconds(300);

    public async IAsyncEnumerable<LiveInput> FollowAsync(IReadOnlyList<LiveSeries> series, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = series.Select(s => s.From).ToArray();
        var paid = series.Select(s => s.From).ToArray();
        var fundingAsked = Timestamp.MinValue;
        while (true)
        {
            foreach (var bar in await BarsAsync(series, next, cancellationToken)) yield return bar;
            if (Now - fundingAsked >= FundingPause)
            {
                fundingAsked = Now;
                foreach (var rate in await RatesAsync(series, paid, cancellationToken)) yield return rate;
            }

            for (var i = 0; depth is not null && i < series.Count; i++) yield return await TopAsync(i, series[i].Key.Symbol, cancellationToken);
            yield return new LiveClock(Now);
            await Task.Delay(Wait(series, next), clock, cancellationToken);
        }
    }

    private Timestamp Now => Timestamp.Now(clock);

    private TimeSpan Wait(IReadOnlyList<LiveSeries> series, Timestamp[] next)
    {
        var close = next.Select((open, i) => open + series[i].Key.Interval.Length).Min();
        var until = close + AfterClose - Now;
        var longest = depth is null ? LongPause : Pause;
        return until < Pause ? (until > TimeSpan.Zero ? until : Pause) : (until < longest ? until : longest);
    }

    // Who is behind catches up over all series together, so that no instant is decided without one that only failed to answer.
    private async Task<List<LiveBar>> BarsAsync(IReadOnlyList<LiveSeries> series, Timestamp[] next, CancellationToken cancellationToken)
    {
        var found = new List<LiveBar>();
        var isBehind = false;
        var failed = false;
        for (var i = 0; i < series.Count; i++)
        {
            var (key, until) = (series[i].Key, series[i].Key.Interval.Floor(Now));
            if (until <= next[i]) continue;
            isBehind |= (until - next[i]).Ticks > key.Interval.Length.Ticks;
            try
            {
                await foreach (var page in bars.FetchAsync(key.Symbol, key.Interval, next[i], until, cancellationToken))
                {
                    foreach (var bar in page.Bars) found.Add(new LiveBar(Now, i, bar, Now - (bar.OpenTime + key.Interval.Length) > key.Interval.Length));
                }
            }
            catch (MtsException e) when (MayPass(e))
            {
                failed = true;
                note($"{key}: {e.Message}; it is asked again");
            }
        }

        if (failed && isBehind) return [];
        foreach (var bar in found) next[bar.Series] = bar.Bar.OpenTime + series[bar.Series].Key.Interval.Length;
        return [.. found.OrderBy(b => b.Bar.OpenTime).ThenBy(b => b.Series)];
    }

    private async Task<List<LiveFunding>> RatesAsync(IReadOnlyList<LiveSeries> series, Timestamp[] paid, CancellationToken cancellationToken)
    {
        var found = new List<LiveFunding>();
        for (var i = 0; i < series.Count; i++)
        {
            if (!series[i].Key.Symbol.IsPerpetual) continue;
            try
            {
                await foreach (var page in funding.FetchFundingAsync(series[i].Key.Symbol, paid[i], Now, cancellationToken))
                {
                    foreach (var rate in page.Rates)
                    {
                        found.Add(new LiveFunding(Now, i, rate));
                        paid[i] = new Timestamp(rate.Time.Micros + 1);
                    }
                }
            }
            catch (MtsException e) when (MayPass(e))
            {
                note($"{series[i].Key}: {e.Message}; its funding is asked again");
            }
        }

        return found;
    }

    private async Task<LiveTop> TopAsync(int i, Symbol symbol, CancellationToken cancellationToken)
    {
        try
        {
            var book = await depth!(symbol, cancellationToken);
            return new LiveTop(Now, i, First(book.Bids), First(book.Asks), IsValid: true);
        }
        catch (MtsException e) when (MayPass(e))
        {
            note($"{symbol}: {e.Message}; nothing is traded at its book until it answers");
            return new LiveTop(Now, i, null, null, IsValid: false);
        }
    }

    // An answer that is no market data is refused, and the next one may be.
    private static bool MayPass(MtsException failure) => failure is ApiException { IsTransient: true } or DataValidationException;

    private static BookLevel? First(IReadOnlyList<BookLevel> levels) => levels.Count > 0 ? levels[0] : null;
}
