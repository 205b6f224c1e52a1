namespace Mts.Core.Performance;

/// <summary>Simple returns from point to point.</summary>
public static class Returns
{
    /// <returns>One value less than there are points; empty below two, and where nothing was left to earn a return on.</returns>
    public static double[] Of(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2) return [];
        var returns = new double[equity.Length - 1];
        for (var i = 1; i < equity.Length; i++)
        {
            if (!(equity[i - 1] > 0)) return [];
            returns[i - 1] = (equity[i] / equity[i - 1]) - 1;
        }

        return returns;
    }

    /// <returns>Last over first minus one; null below two points or from zero.</returns>
    public static double? Total(ReadOnlySpan<double> equity) =>
        equity.Length < 2 || equity[0] == 0 ? null : (equity[^1] / equity[0]) - 1;

    internal static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var v in values) sum += v;
        return sum / values.Length;
    }
}
