using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>How sure the mean result of a trade stands out of the spread of the results.</summary>
public static class SystemQualityNumber
{
    /// <returns>√n × mean / sample deviation of the results after costs; null below two trades or where all are alike.</returns>
    /// <remarks>Tharp, Trade Your Way to Financial Freedom, 2nd ed., 2007; here of results in quote units and without his limit of n to 100.</remarks>
    public static double? Of(IReadOnlyList<Trade> trades)
    {
        var results = new double[trades.Count];
        for (var i = 0; i < results.Length; i++) results[i] = (double)trades[i].Pnl;
        return Volatility.SampleDeviation(results) is > 1e-9 and var deviation ? Math.Sqrt(results.Length) * Returns.Mean(results) / deviation : null;
    }
}
