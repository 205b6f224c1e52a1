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
        // Side by side: a call through the list's interface for each side of each comparison took most of the time.
        var (byResult, results) = (new int[trades.Count], new decimal[trades.Count]);
        for (var i = 0; i < byResult.Length; i++) (byResult[i], results[i]) = (i, trades[i].Pnl);
        Array.Sort(byResult, (a, b) => results[a].CompareTo(results[b]) is not 0 and var order ? order : a.CompareTo(b));
        var isChosen = new bool[trades.Count];
        foreach (var i in byResult.AsSpan(0, Extremes)) isChosen[i] = true;
        foreach (var i in byResult.AsSpan(trades.Count - Extremes)) isChosen[i] = true;
        var (chosen, free) = (new List<int>(Most), Most - (2 * Extremes));
        for (var i = trades.Count - 1; i >= 0; i--)
        {
            if (isChosen[i] || free-- > 0) chosen.Add(i);
        }

        chosen.Reverse();
        return chosen;
    }
}
