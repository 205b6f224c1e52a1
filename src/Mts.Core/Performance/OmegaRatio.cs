namespace Mts.Core.Performance;

/// <summary>What was gained above a threshold over what was lost below it.</summary>
public static class OmegaRatio
{
    /// <param name="returns">Per period.</param>
    /// <param name="threshold">Return of one period that counts as nothing.</param>
    /// <returns>Σ max(r − τ, 0) / Σ max(τ − r, 0); null without a loss.</returns>
    /// <remarks>Keating and Shadwick, A Universal Performance Measure, J. Performance Measurement 6(3), 2002.</remarks>
    public static double? Of(ReadOnlySpan<double> returns, double threshold = 0)
    {
        var (gains, losses) = (0.0, 0.0);
        foreach (var r in returns)
        {
            if (r > threshold) gains += r - threshold;
            else losses += threshold - r;
        }

        return losses > 1e-12 ? gains / losses : null;
    }
}
