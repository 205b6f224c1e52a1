namespace Mts.Core.Analysis;

/// <summary>p-values corrected for how many were looked at.</summary>
/// <remarks>Benjamini and Hochberg, J. Royal Statistical Society B 57(1), 1995: of the findings below a level, that share is expected to be false.</remarks>
public static class FalseDiscovery
{
    /// <param name="pValues">0 to 1.</param>
    /// <returns>In the same order, never below what was given, at most 1.</returns>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var order = new int[pValues.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var keys = pValues.ToArray();
        Array.Sort(keys, order);
        var (adjusted, least) = (new double[keys.Length], 1.0);
        for (var rank = keys.Length; rank > 0; rank--)
        {
            least = Math.Min(least, keys[rank - 1] * keys.Length / rank);
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }
}
