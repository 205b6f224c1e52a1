using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Which points of a curve are shown where there are more than a screen has room for.</summary>
internal static class Thinning
{
    /// <param name="points">In order.</param>
    /// <param name="columns">Stretches that are told apart.</param>
    /// <returns>Indices, rising: the first and the last point, and of each stretch its lowest and its highest, so that no fall disappears.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<EquityPoint> points, int columns)
    {
        if (points.Count <= 2 * columns) return [.. Enumerable.Range(0, points.Count)];
        var kept = new List<int>((2 * columns) + 2) { 0 };
        for (var c = 0; c < columns; c++)
        {
            var (start, end) = ((int)((long)c * points.Count / columns), (int)((c + 1L) * points.Count / columns));
            var (low, high) = (start, start);
            for (var i = start; i < end; i++)
            {
                if (points[i].Value < points[low].Value) low = i;
                if (points[i].Value > points[high].Value) high = i;
            }

            Keep(Math.Min(low, high));
            Keep(Math.Max(low, high));
        }

        Keep(points.Count - 1);
        return kept;

        void Keep(int index)
        {
            if (index > kept[^1]) kept.Add(index);
        }
    }
}
