namespace Mts.Core.Performance;

/// <summary>The mean length of blocks that a stationary bootstrap of a series should have, from its autocorrelations.</summary>
/// <remarks>
/// Politis and White, Automatic Block-Length Selection for the Dependent Bootstrap, Econometric Reviews 23(1), 2004,
/// with the correction of Patton, Politis and White, Econometric Reviews 28(4), 2009.
/// </remarks>
public static class BlockLength
{
    private const int Insignificant = 5; // K of the paper for up to 10²⁵ values

    /// <returns>1 up to min(3 √n, n / 3); 1 below eight values or where they never move.</returns>
    public static double Of(ReadOnlySpan<double> values)
    {
        var count = values.Length;
        if (count < 8) return 1;
        var most = (int)Math.Ceiling(Math.Sqrt(count)) + Insignificant;
        var covariances = Covariances(values, Math.Min(most, count - 1));
        if (!(covariances[0] > 1e-24)) return 1;
        var lags = Math.Min(2 * Math.Max(1, LastThatMatters(covariances, count)), covariances.Length - 1);
        var (weighted, spectrum) = (0.0, covariances[0]);
        for (var k = 1; k <= lags; k++)
        {
            var weight = 2 * Math.Min(1, 2 * (1 - ((double)k / lags)));
            weighted += weight * k * covariances[k];
            spectrum += weight * covariances[k];
        }

        var length = Math.Cbrt(weighted * weighted / (spectrum * spectrum) * count);
        return Math.Clamp(double.IsFinite(length) ? length : 1, 1, Math.Ceiling(Math.Min(3 * Math.Sqrt(count), count / 3.0)));
    }

    // The smallest lag after which five in a row are no more than noise.
    private static int LastThatMatters(double[] covariances, int count)
    {
        var noise = 2 * Math.Sqrt(Math.Log10(count) / count) * covariances[0];
        var quiet = 0;
        for (var k = 1; k < covariances.Length; k++)
        {
            quiet = Math.Abs(covariances[k]) < noise ? quiet + 1 : 0;
            if (quiet == Insignificant) return k - Insignificant;
        }

        return covariances.Length - 1;
    }

    private static double[] Covariances(ReadOnlySpan<double> values, int most)
    {
        var mean = Returns.Mean(values);
        var result = new double[most + 1];
        for (var k = 0; k <= most; k++)
        {
            var sum = 0.0;
            for (var i = k; i < values.Length; i++) sum += (values[i] - mean) * (values[i - k] - mean);
            result[k] = sum / values.Length;
        }

        return result;
    }
}
