using Mts.Core;

namespace Mts.Engine.Optimization.Validating;

/// <summary>Which days a search may see.</summary>
internal static class TrainDays
{
    /// <param name="lengths">Days of each group.</param>
    /// <param name="test">Groups that are kept out.</param>
    /// <param name="purge">Days dropped before each of them.</param>
    /// <param name="embargo">Days dropped after each of them.</param>
    /// <returns>By group, which days it sees; null for what is kept out.</returns>
    /// <exception cref="ConfigurationException">Fewer than two days are left.</exception>
    public static bool[]?[] Of(int[] lengths, int[] test, int purge, int embargo)
    {
        var isTest = new bool[lengths.Sum()];
        var starts = lengths.Select((_, g) => lengths.Take(g).Sum()).ToArray();
        foreach (var g in test) isTest.AsSpan(starts[g], lengths[g]).Fill(true);
        var kept = isTest.Select(t => !t).ToArray();
        for (var day = 0; day < isTest.Length; day++)
        {
            if (!isTest[day]) continue;
            for (var d = Math.Max(0, day - purge); d < day; d++) kept[d] = false;
            for (var d = day + 1; d <= Math.Min(isTest.Length - 1, day + embargo); d++) kept[d] = false;
        }

        if (kept.Count(k => k) < 2) throw new ConfigurationException($"with {purge} days dropped before and {embargo} after each fold that is kept out nothing is left to search on: take fewer folds, a longer range, or shorter indicators.");
        return [.. lengths.Select((n, g) => Array.IndexOf(test, g) >= 0 ? null : kept.AsSpan(starts[g], n).ToArray())];
    }
}
