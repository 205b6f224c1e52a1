using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>The funding of one perpetual as its mark stream tells it: what is due next, how often it is due, and what was reported.</summary>
internal sealed class FundingState(Instrument instrument, FundingOptions options)
{
    // No venue settles more often, so that what is due within an hour after a settlement is the next one and none was missed between.
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    private MarkUpdate? mark;
    private Timestamp received;
    private FundingReport? reported;

    /// <summary>Between settlements; null while it is not known.</summary>
    public TimeSpan? Interval { get; private set; } = instrument.FundingInterval;

    /// <param name="update">What the stream said.</param>
    /// <param name="now">When it came.</param>
    /// <returns>A report where one is due.</returns>
    public FundingReport? OnMark(in MarkUpdate update, Timestamp now)
    {
        if (mark?.NextFunding is { } due && update.NextFunding is { } next && next > due && (update.Time - due).Duration() < Shortest) Interval = next - due;
        (mark, received) = (update, now);
        if (update.Rate is not { } rate) return null;
        var isChange = reported is { } r && Differs(rate, r.Rate);
        if (reported is not null && !isChange && now - reported.Time < options.ReportEvery) return null;
        return reported = new FundingReport(instrument, now, update.Time, rate, update.NextFunding, Interval, update.Mark, update.Index, reported?.Rate, isChange);
    }

    /// <summary>What a long of one base unit receives over a holding that begins now, quote units; negative where it pays.</summary>
    /// <param name="now">By our clock.</param>
    /// <param name="clock">The venue's clock.</param>
    /// <param name="holding">How long.</param>
    /// <returns>Null where the stream has not said it, or not lately. The rate that is building up is taken for each settlement within the holding.</returns>
    public double? ForLong(Timestamp now, ClockEstimate? clock, TimeSpan holding)
    {
        if (holding == TimeSpan.Zero) return 0;
        if (mark is not { } known || now - received > options.MaxAge) return null;
        if (known.Rate is not { } rate || known.NextFunding is not { } next) return known is { Rate: null, NextFunding: null } ? 0 : null;
        var from = clock?.ToVenue(now) ?? now;
        if (next <= from) return null;
        var left = from + holding - next;
        if (left < TimeSpan.Zero) return 0;
        var settlements = 1 + (Interval is { } interval ? Math.Floor(left / interval) : 0);
        return -rate * known.Mark * settlements;
    }

    private bool Differs(double rate, double before)
    {
        var change = Math.Abs(rate - before);
        return change > options.ChangeAbsolute || (change > options.ChangeRelative * Math.Abs(before) && change > options.ChangeFloor);
    }
}
