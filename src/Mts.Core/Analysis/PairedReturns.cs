using Mts.Core.Market;

namespace Mts.Core.Analysis;

/// <summary>Returns of two series over the same stretches of time; nothing is filled in where one of them has no value.</summary>
/// <param name="Days">The last day of each stretch, rising.</param>
/// <param name="Left">Log returns.</param>
/// <param name="Right">Log returns, or differences of a series that can be zero or below.</param>
public sealed record PairedReturns(IReadOnlyList<DateOnly> Days, IReadOnlyList<double> Left, IReadOnlyList<double> Right)
{
    public int Length => Days.Count;

    /// <summary>From one day that both have to the next.</summary>
    public static PairedReturns Of(DailySeries left, DailySeries right)
    {
        var shared = new List<(DateOnly Day, double Left, double Right)>();
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            var order = left.Days[i].CompareTo(right.Days[j]);
            if (order == 0) shared.Add((left.Days[i], left.Values[i++], right.Values[j++]));
            else if (order < 0) i++;
            else j++;
        }

        return Of(shared);
    }

    /// <summary>Prices with a macro series by the moment it became known: at each daily close the newest value that was public, and only closes at which there was a newer one than before.</summary>
    /// <remarks>The return of a price is therefore set against news of the same stretch, not against figures that were published later.</remarks>
    public static PairedReturns OfKnown(DailySeries closes, IEnumerable<MacroObservation> observations)
    {
        var byKnownTime = observations.Where(o => o.Value is not null && !o.IsForwardFilled && !o.IsInterpolated).OrderBy(o => o.KnownTime).ThenBy(o => o.Day).ToList();
        var shared = new List<(DateOnly Day, double Left, double Right)>();
        var (next, newest, last) = (0, (MacroObservation?)null, (DateOnly?)null);
        for (var i = 0; i < closes.Length; i++)
        {
            var close = Timestamp.FromDate(closes.Days[i].AddDays(1));
            for (; next < byKnownTime.Count && byKnownTime[next].KnownTime <= close; next++)
            {
                if (newest is not { } known || byKnownTime[next].Day >= known.Day) newest = byKnownTime[next];
            }

            if (newest is not { } now || now.Day == last) continue;
            last = now.Day;
            shared.Add((closes.Days[i], closes.Values[i], now.Value!.Value));
        }

        return Of(shared);
    }

    /// <summary>The last <paramref name="count"/>, or all where they are fewer, leaving out the newest <paramref name="skip"/>.</summary>
    public PairedReturns Last(int count, int skip = 0)
    {
        var (end, start) = (Math.Max(0, Length - skip), Math.Max(0, Length - skip - count));
        return new PairedReturns([.. Days.Take(end).Skip(start)], [.. Left.Take(end).Skip(start)], [.. Right.Take(end).Skip(start)]);
    }

    private static PairedReturns Of(List<(DateOnly Day, double Left, double Right)> shared)
    {
        var (left, right) = (Step(shared.ConvertAll(s => s.Left)), Step(shared.ConvertAll(s => s.Right)));
        return new PairedReturns([.. shared.Skip(1).Select(s => s.Day)], left, right);
    }

    private static double[] Step(List<double> values)
    {
        var ratios = values.TrueForAll(v => v > 0);
        var steps = new double[Math.Max(0, values.Count - 1)];
        for (var i = 0; i < steps.Length; i++) steps[i] = ratios ? Math.Log(values[i + 1] / values[i]) : values[i + 1] - values[i];
        return steps;
    }
}
