using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Streams;

/// <summary>When a stream was last heard of, and what silence is usual for it.</summary>
internal sealed class StreamPulse
{
    private const double Step = 0.05;
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(1);

    private double median;
    private int costs;
    private Timestamp costlyUntil = Timestamp.MinValue;

    public Timestamp? Last { get; private set; }

    /// <summary>Messages since the connection was opened.</summary>
    public long Beats { get; private set; }

    /// <summary>An estimate of the median gap: it goes a twentieth up after a longer gap and down after a shorter one.</summary>
    public TimeSpan Median => TimeSpan.FromSeconds(median);

    public void Beat(Timestamp now)
    {
        if (Last is { } last && Beats > 0)
        {
            var gap = Math.Max(1e-6, (now - last).TotalSeconds);
            if (median == 0) median = gap;
            else median *= gap > median ? 1 + Step : 1 - Step;
        }

        (Last, Beats, costs) = (now, Beats + 1, 0);
        costlyUntil = Timestamp.MinValue;
    }

    /// <summary>Whether a connection may be given up for its sake: for one that never comes, ever more seldom.</summary>
    public bool MayCost(Timestamp now) => now >= costlyUntil;

    /// <param name="now">A connection is given up for its sake.</param>
    /// <param name="first">So long no other one is; doubled by each until it is heard.</param>
    public void Cost(Timestamp now, TimeSpan first) => costlyUntil = now + TimeSpan.FromSeconds(Math.Min(MostPatience.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(++costs, 20))));

    /// <summary>The silence has proved right: one half as long again counts as usual.</summary>
    public void Excuse(Timestamp now)
    {
        if (Last is { } last) median = Math.Max(median, (now - last).TotalSeconds / 2);
        Last = now;
        Beats = Math.Max(Beats, 2);
    }

    /// <summary>A new connection: silence counts from now on.</summary>
    public void Rest(Timestamp now) => (Last, Beats) = (now, 0);

    /// <summary>The end of the longest silence that is still usual.</summary>
    /// <param name="least">Whatever is usual, so much silence is none.</param>
    /// <param name="medians">So many median gaps are still usual.</param>
    public Timestamp? Deadline(TimeSpan least, int medians) =>
        Last is { } last ? last + TimeSpan.FromSeconds(Math.Max(least.TotalSeconds, Beats > 1 ? medians * median : 0)) : null;
}
