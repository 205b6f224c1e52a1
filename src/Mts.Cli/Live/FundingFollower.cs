using Mts.Core.Feeds;

namespace Mts.Cli.Live;

/// <summary>The settlements of one perpetual: when the next one is due, and when the venue is asked for the rate of the last one.</summary>
/// <param name="number">Index of the series.</param>
/// <param name="key">The series.</param>
/// <param name="from">Settlements from then on are wanted.</param>
internal sealed class FundingFollower(int number, SeriesKey key, Timestamp from)
{
    private static readonly TimeSpan AskFirst = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskUnasked = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Venues stamp a settlement some milliseconds beside the hour.
    private static readonly TimeSpan Beside = TimeSpan.FromMinutes(1);

    private Timestamp wanted = from;
    private Timestamp askAt = Timestamp.MinValue;
    private Timestamp? due;
    private Timestamp? settled;
    private (double Rate, double Mark)? expected;
    private (double Rate, double Mark)? estimate;

    public SeriesKey Key => key;

    /// <summary>What the mark stream said last.</summary>
    public void Look(MarkUpdate? mark, Timestamp now)
    {
        if (due is { } at && (now >= at || mark?.NextFunding > at)) Settle(at, now);
        if (mark is not { NextFunding: { } next, Rate: { } rate } said || next <= now) return;
        (due, expected) = (next, (rate, said.Mark));
    }

    public bool IsToBeAsked(Timestamp now) => now >= askAt;

    /// <exception cref="ApiException">The venue failed.</exception>
    public async Task<IReadOnlyList<FundingRate>> FetchAsync(IFundingHistory history, Timestamp now, CancellationToken cancellationToken)
    {
        var found = new List<FundingRate>();
        await foreach (var page in history.FetchFundingAsync(key.Symbol, wanted, now, cancellationToken)) found.AddRange(page.Rates);
        return found;
    }

    /// <summary>The venue has answered, or failed where <paramref name="rates"/> is null.</summary>
    public IEnumerable<LiveInput> Take(IReadOnlyList<FundingRate>? rates, Timestamp now)
    {
        foreach (var rate in rates ?? [])
        {
            if (rate.Time < wanted) continue;
            wanted = new Timestamp(rate.Time.Micros + 1);
            if (settled is { } at && rate.Time >= at - Beside) settled = null;
            yield return new LiveFunding(now, number, rate);
        }

        if (settled is { } late && now - late >= Patience)
        {
            (settled, wanted) = (null, late + Beside);
            foreach (var input in Estimated(late, now)) yield return input;
        }

        askAt = now + (settled is not null || rates is null ? AskAgain : AskUnasked);
    }

    private void Settle(Timestamp at, Timestamp now)
    {
        (due, settled, estimate, expected) = (null, at, expected, null);
        var first = at + AskFirst;
        askAt = first > now ? first : now;
    }

    private IEnumerable<LiveInput> Estimated(Timestamp at, Timestamp now)
    {
        if (estimate is not { } last) yield break;
        yield return new LiveGap(now, number, at, at + Beside, FormattableString.Invariant($"the venue did not tell the funding it settled; the rate it expected last, {last.Rate}, stands for it (estimated)"));
        yield return new LiveFunding(now, number, new FundingRate(at, last.Rate, last.Mark));
    }
}
