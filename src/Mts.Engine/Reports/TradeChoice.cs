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
        var byResult = new int[trades.Count];
        for (var i = 0; i < byResult.Length; i++) byResult[i] = i;
        Array.Sort(byResult, (a, b) => trades[a].Pnl.CompareTo(trades[b].Pnl) is not 0 and var order ? order : a.CompareTo(b));
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
