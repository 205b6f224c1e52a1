using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>Finds the interval of bars: the most common step between their times.</summary>
internal static class IntervalDetector
{
    /// <param name="times">Unix microseconds, not falling.</param>
    /// <param name="asked">The interval that the user expects, if any.</param>
    /// <param name="hint">Length of a bar that the file itself states; 0 for none.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="DataValidationException">The file has another interval than asked for, none, or irregular times.</exception>
    public static Interval Detect(ReadOnlySpan<long> times, Interval? asked, long hint, string name)
    {
        var (step, count, steps) = MostCommonStep(times);
        var found = Interval.FromMicros(count > 0 ? step : hint);
        var isProof = count > 1 || (hint > 0 && (hint == step || count == 0));
        if (asked is { } given)
        {
            if (!isProof || found == given) return given;
            throw new DataValidationException(found is null
                ? $"{name} has steps of {TimeSpan.FromMicroseconds(step)} ({count} of {steps}), not of {given}. Irregular prices are points, not bars."
                : $"{name} has {found} bars ({count} of {steps} steps), not {given}; import it with --interval {found}.");
        }

        if (found is not { } interval)
        {
            throw new DataValidationException(count == 0
                ? $"{name} has bars at one time only, which shows no interval; give --interval."
                : $"{name} has no regular interval: the most common of {steps} steps is {TimeSpan.FromMicroseconds(step)} ({count} times). Irregular prices are points, not bars.");
        }

        if (ShareOnGrid(times, interval) < 0.5)
            throw new DataValidationException($"{name} has no regular interval: most times are not on the grid of {interval}. Irregular prices are points, not bars.");
        return interval;
    }

    private static (long Step, int Count, int Steps) MostCommonStep(ReadOnlySpan<long> times)
    {
        var counts = new Dictionary<long, int>();
        var (run, length, steps) = (0L, 0, 0);
        for (var i = 1; i < times.Length; i++)
        {
            var step = times[i] - times[i - 1];
            if (step == 0) continue;
            steps++;
            if (step != run)
            {
                if (length > 0) counts[run] = counts.GetValueOrDefault(run) + length;
                (run, length) = (step, 0);
            }

            length++;
        }

        if (length > 0) counts[run] = counts.GetValueOrDefault(run) + length;
        var (best, most) = (0L, 0);
        foreach (var (step, count) in counts)
        {
            // Of two that are as common, the shorter one.
            if (count > most || (count == most && step < best)) (best, most) = (step, count);
        }

        return (best, most, steps);
    }

    // A few thousand evenly spread times tell as much as all.
    private static double ShareOnGrid(ReadOnlySpan<long> times, Interval interval)
    {
        var step = Math.Max(1, times.Length / 4_096);
        var (count, seen) = (0, 0);
        for (var i = 0; i < times.Length; i += step, seen++)
        {
            if (interval.IsOnGrid(new Timestamp(times[i]))) count++;
        }

        return (double)count / seen;
    }
}
