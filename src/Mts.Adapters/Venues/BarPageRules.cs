using System.Runtime.InteropServices;
using Mts.Adapters.Http;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Venues;

/// <summary>Holds an answer's bars against the question: rising, in the range, of the interval asked for.</summary>
/// <remarks>A single bar off the grid passes: venues have written such bars around halts, and the collector refuses and counts them.</remarks>
internal static class BarPageRules
{
    private const int FewestToJudge = 4;

    /// <param name="bars">Oldest first.</param>
    /// <param name="interval">The interval asked for.</param>
    /// <param name="from">Earliest open time asked for.</param>
    /// <param name="until">End of the range asked for, exclusive.</param>
    /// <param name="answer">Where they came from.</param>
    /// <exception cref="DataValidationException">The answer is to another question; it carries a sample of the body.</exception>
    public static void Check(List<Bar> bars, Interval interval, Timestamp from, Timestamp until, ServiceResponse answer)
    {
        var offGrid = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            var time = bars[i].OpenTime;
            if (time < from || time >= until) throw Refused(answer, $"the bar of {time} is outside the range {from} to {until} that was asked for");
            if (i > 0 && time <= bars[i - 1].OpenTime) throw Refused(answer, $"the bar of {time} does not come after that of {bars[i - 1].OpenTime}");
            if (!interval.IsOnGrid(time)) offGrid++;
        }

        if (offGrid * 2 > bars.Count) throw Refused(answer, $"{offGrid} of {bars.Count} bars do not open on the {interval} grid that was asked for");
        if (CoarserStep(CollectionsMarshal.AsSpan(bars), interval) is { } step)
            throw Refused(answer, $"all bars are {step} apart instead of the {interval} asked for");
    }

    public static DataValidationException Refused(ServiceResponse answer, string problem) =>
        new($"{answer.Request}: {problem}; nothing was taken from it: {BodySample.Start(answer.Body.Span)}");

    private static TimeSpan? CoarserStep(ReadOnlySpan<Bar> bars, Interval interval)
    {
        if (bars.Length < FewestToJudge) return null;
        var step = bars[1].OpenTime - bars[0].OpenTime;
        if (step <= interval.Length) return null;
        for (var i = 2; i < bars.Length; i++)
        {
            if (bars[i].OpenTime - bars[i - 1].OpenTime != step) return null;
        }

        return step;
    }
}
