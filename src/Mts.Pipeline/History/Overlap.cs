using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>Proves a second source by the bars that both have on either side of a hole.</summary>
/// <remarks>
/// Two venues of one market differ by their spread, not by their level: the closes must agree within 0.5 % at every shared bar and within
/// 0.1 % at the median, on at least ten bars, with bars on both sides of the hole. A wrong unit, a shifted hour or another coin fails this.
/// </remarks>
internal static class Overlap
{
    public const int BarsEachSide = 20;
    public const int MinShared = 10;
    public const double MaxDeviation = 0.005;
    public const double MaxMedian = 0.001;

    public static (Timestamp From, Timestamp Until) Window(BarSeries series, Hole hole)
    {
        var before = Math.Max(0, series.LowerBound(hole.From) - BarsEachSide);
        var after = Math.Min(series.Length, series.LowerBound(hole.Until) + BarsEachSide);
        return (new Timestamp(series.OpenTimes[before]), series.CloseTime(after - 1));
    }

    public static OverlapVerdict Judge(BarSeries series, IReadOnlyList<Bar> candidate, Hole hole, string source)
    {
        var deviations = new List<double>();
        var (before, after, volumeAgrees) = (0, 0, true);
        foreach (var bar in candidate)
        {
            var index = series.LowerBound(bar.OpenTime);
            if (index >= series.Length || series.OpenTimes[index] != bar.OpenTime.Micros) continue;
            deviations.Add(Math.Abs((bar.Close / series.Closes[index]) - 1));
            volumeAgrees &= series.HasVolume && Math.Abs(bar.Volume - series.Volumes[index]) <= 1e-3 * Math.Max(1, series.Volumes[index]);
            if (bar.OpenTime < hole.From) before++;
            else after++;
        }

        if (Refusal(deviations, before, after) is { } refusal) return new OverlapVerdict(false, refusal);
        var volume = volumeAgrees ? "volumes agree" : $"volume is {source}'s own";
        return new OverlapVerdict(true, $"closes agree on {deviations.Count} shared bars (median {Median(deviations):0.####%}, worst {deviations.Max():0.####%}); {volume}");
    }

    private static string? Refusal(List<double> deviations, int before, int after)
    {
        if (deviations.Count < MinShared || before == 0 || after == 0) return $"only {before} shared bars before and {after} after the hole";
        if (deviations.Max() > MaxDeviation) return $"a shared close differs by {deviations.Max():0.###%}";
        return Median(deviations) > MaxMedian ? $"the median close differs by {Median(deviations):0.###%}" : null;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <param name="Proven">Whether the source may fill the hole.</param>
/// <param name="Evidence">Why or why not, in words and numbers.</param>
internal readonly record struct OverlapVerdict(bool Proven, string Evidence);
