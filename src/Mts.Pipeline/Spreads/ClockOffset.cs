using Mts.Core.Market;

namespace Mts.Pipeline.Spreads;

/// <summary>How far a venue's clock is ahead of ours, as a range that follows from what was received.</summary>
/// <remarks>
/// A message stamped <c>e</c> by the venue and received at <c>r</c> was sent before it came, so the offset is at least <c>e − r</c>; the
/// fastest message of the window gives the best bound. A request sent at <c>s</c> and answered with the venue's time <c>v</c> was read after
/// it was sent, so the offset is at most <c>v − s</c>, and a millisecond more because venues cut their times to milliseconds. Without such
/// probes the fastest message is taken to have been under way for no longer than <see cref="ClockOptions.AssumedTransit"/>. The offset is the
/// middle of the range, its uncertainty half its width and what the clocks may drift within the window (Cristian, Distributed Computing 3,
/// 1989; Marzullo and Owicki, 1983).
/// <para>
/// A bound outlives its window, less what the clocks may have drifted since. Where even the fastest message of a window falls short of it by
/// more than the assumed transit, every message is held up or a clock was set, and none tells which: until a probe does, or for as long as
/// sixty windows, the range covers both.
/// </para>
/// <para>
/// A clock that has just been set may be set back: what was believed before stays in the range for a window, unless it was ours that jumped.
/// Where ours was set back and is brought to agree little by little, the range covers all that it may be on the way until a probe decides.
/// Otherwise a venue whose clock was wrong while it was probed, and then right again, would make late messages look fresh until the next probe.
/// </para>
/// </remarks>
public sealed class ClockOffset(ClockOptions? options = null)
{
    private const int Buckets = 12;
    private const int KeptWindows = 60;
    private const long Resolution = 1_000;
    private const long None = long.MinValue;

    private readonly ClockOptions options = options ?? new ClockOptions();
    private readonly long[] lowers = [.. Enumerable.Repeat(None, Buckets)];
    private readonly long[] uppers = [.. Enumerable.Repeat(long.MaxValue, Buckets)];
    private long olderLower = None;
    private long olderUpper = long.MaxValue;
    private long bucket = None;
    private long kept = None;
    private long keptAt;
    private (long Least, long Most, long Until)? doubt;

    /// <summary>Null before the first message.</summary>
    public ClockEstimate? Estimate { get; private set; }

    /// <summary>How often the bounds contradicted one another, which means that a clock was set.</summary>
    public int Steps { get; private set; }

    private long BucketLength => Math.Max(1, options.Window.Ticks / 10 / Buckets);

    private long Drift => (long)(options.DriftPpm * options.Window.TotalSeconds);

    /// <summary>A message.</summary>
    /// <param name="venueTime">A time by the venue's clock at which it was not yet sent.</param>
    /// <param name="received">When it came, by ours. A message that was late for whatever reason does no harm.</param>
    public void Observe(Timestamp venueTime, Timestamp received) => Bound(received, venueTime.Micros - received.Micros, long.MaxValue);

    /// <summary>A request and its answer.</summary>
    /// <param name="sent">When it was sent, by our clock.</param>
    /// <param name="venueTime">The venue's time in the answer.</param>
    /// <param name="received">When the answer came, by our clock.</param>
    /// <param name="isAfterJump">Our clock has jumped since the last probe, so a contradiction says nothing of the venue's.</param>
    public void Probe(Timestamp sent, Timestamp venueTime, Timestamp received, bool isAfterJump = false)
    {
        if (sent > received) throw new ArgumentException($"A request cannot be sent at {sent} and answered at {received}.", nameof(sent));
        Bound(received, venueTime.Micros - received.Micros, venueTime.Micros - sent.Micros + Resolution, isAfterJump);
    }

    /// <summary>Our clock was set back, so that the offset grows by as much, at once or little by little.</summary>
    public void SetBack(TimeSpan by)
    {
        if (Estimate is not { } before) return;
        doubt = Doubt(before, long.MaxValue) with { Most = before.OffsetMicros + before.UncertaintyMicros + (by.Ticks / TimeSpan.TicksPerMicrosecond) };
        Estimate = new ClockEstimate((doubt.Value.Least + doubt.Value.Most) / 2, (doubt.Value.Most - doubt.Value.Least) / 2, before.IsProbed);
    }

    private void Bound(Timestamp at, long lower, long upper, bool isAfterJump = false)
    {
        Roll(at.Micros / BucketLength);
        var slot = Slot(bucket);
        lowers[slot] = Math.Max(lowers[slot], lower);
        uppers[slot] = Math.Min(uppers[slot], upper);
        var drifted = Keep(at, lower);
        var isContradicted = Math.Max(Math.Max(lowers[slot], olderLower), kept - drifted) - Drift > Math.Min(uppers[slot], olderUpper);
        if (isContradicted || isAfterJump)
        {
            if (isContradicted) Steps++;
            doubt = isAfterJump || Estimate is not { } before ? null : Doubt(before, Math.Max(doubt?.Until ?? 0, at.Micros + (options.Window.Ticks / 10)));
            Forget();
            (lowers[slot], uppers[slot]) = (lower, upper);
            (kept, keptAt, drifted) = (lower, at.Micros, 0);
        }

        var least = Math.Max(lowers[slot], olderLower);
        var most = Math.Min(uppers[slot], olderUpper);
        var isProbed = most != long.MaxValue;
        if (!isProbed) (least, most) = Assumed(least, drifted);
        if (doubt?.Until <= at.Micros) doubt = null;
        if (doubt is { } old) (least, most) = (Math.Min(least, old.Least), Math.Max(most, old.Most));
        Estimate = new ClockEstimate((least + most) / 2, (Math.Abs(most - least) / 2) + Drift, isProbed);
    }

    /// <summary>What was believed until now may be so again; an estimate covers what was doubted before.</summary>
    private static (long Least, long Most, long Until) Doubt(ClockEstimate before, long until) =>
        (before.OffsetMicros - before.UncertaintyMicros, before.OffsetMicros + before.UncertaintyMicros, until);

    /// <returns>How far the clocks may have drifted apart since the bound that is kept, microseconds.</returns>
    private long Keep(Timestamp at, long lower)
    {
        var age = Math.Max(0, at.Micros - keptAt);
        var drifted = (long)(options.DriftPpm * age / Timestamp.MicrosPerSecond);
        if (kept != None && age <= KeptWindows * (options.Window.Ticks / 10) && lower < kept - drifted) return drifted;
        (kept, keptAt) = (lower, at.Micros);
        return 0;
    }

    /// <summary>The range where nothing but an assumption bounds it from above.</summary>
    private (long Least, long Most) Assumed(long least, long drifted)
    {
        var transit = (options.AssumedTransit.Ticks / 10) + Resolution;
        if (least + transit < kept - drifted) return (least, kept + drifted + transit);
        least = Math.Max(least, kept - drifted);
        return (least, least + transit);
    }

    private void Roll(long now)
    {
        if (now == bucket) return;
        // Within the window an older time counts as the present one; our clock was set back where it is older still.
        if (bucket != None && now < bucket && now > bucket - Buckets) return;
        if (bucket != None && now < bucket) kept = None;
        if (bucket == None || now < bucket || now >= bucket + Buckets) Forget();
        else for (var i = bucket + 1; i <= now; i++) Clear(Slot(i));
        bucket = now;
        (olderLower, olderUpper) = (None, long.MaxValue);
        for (var i = 0; i < Buckets; i++)
        {
            if (i == Slot(now)) continue;
            olderLower = Math.Max(olderLower, lowers[i]);
            olderUpper = Math.Min(olderUpper, uppers[i]);
        }
    }

    private void Forget()
    {
        for (var i = 0; i < Buckets; i++) Clear(i);
        (olderLower, olderUpper) = (None, long.MaxValue);
    }

    private void Clear(int slot) => (lowers[slot], uppers[slot]) = (None, long.MaxValue);

    private static int Slot(long bucket) => (int)(((bucket % Buckets) + Buckets) % Buckets);
}

/// <summary>What is known of a venue's clock.</summary>
/// <param name="OffsetMicros">The venue's clock less ours.</param>
/// <param name="UncertaintyMicros">The true offset lies at most so far from it.</param>
/// <param name="IsProbed">False where a bound rests on <see cref="ClockOptions.AssumedTransit"/>.</param>
public readonly record struct ClockEstimate(long OffsetMicros, long UncertaintyMicros, bool IsProbed)
{
    public TimeSpan Offset => TimeSpan.FromTicks(OffsetMicros * 10);

    public TimeSpan Uncertainty => TimeSpan.FromTicks(UncertaintyMicros * 10);

    /// <summary>The moment by our clock at which the venue's showed <paramref name="venueTime"/>.</summary>
    public Timestamp ToOurs(Timestamp venueTime) => new(venueTime.Micros - OffsetMicros);

    /// <summary>What the venue's clock shows at the moment <paramref name="ours"/> of our clock.</summary>
    public Timestamp ToVenue(Timestamp ours) => new(ours.Micros + OffsetMicros);
}
