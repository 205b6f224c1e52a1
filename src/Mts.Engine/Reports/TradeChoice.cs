using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>Which trades a page lists where there are more than a reader or a phone can bear.</summary>
internal static class TradeChoice
{
    public const int Most = 1_000;
    private const int Extremes = 200;

    /// <returns>Indices, rising: all of them up to 1,000, else the 200 best, the 200 worst and the latest of the rest.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<Trade> trades)
    {
        if (trades.Count <= Most) return [.. Enumerable.Range(0, trades.Count)];
        var byResult = Enumerable.Range(0, trades.Count).OrderBy(i => trades[i].Pnl).ThenBy(i => i).ToArray();
        var chosen = new SortedSet<int>([.. byResult[..Extremes], .. byResult[^Extremes..]]);
        for (var i = trades.Count - 1; chosen.Count < Most; i--) chosen.Add(i);
        return [.. chosen];
    }
}
