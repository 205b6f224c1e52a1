namespace Mts.Strategies.PairsTrading;

/// <summary>Whether residuals come back to their mean, and how fast: the regression of their change on their level.</summary>
/// <param name="Statistic">t of the level's coefficient; the more negative, the surer.</param>
/// <param name="HalfLife">Steps in which half of a distance is gone; null where it does not shrink.</param>
/// <remarks>
/// Engle and Granger, Co-integration and Error Correction, Econometrica 55, 1987, without lagged differences and without a constant, as the residuals of a regression have
/// mean zero. Critical values for two variables with a constant: MacKinnon, Critical Values for Cointegration Tests, 2010, table 2.
/// </remarks>
internal readonly record struct DickeyFuller(double Statistic, double? HalfLife)
{
    /// <returns>Null below ten residuals and where they do not vary.</returns>
    public static DickeyFuller? Of(ReadOnlySpan<double> residuals)
    {
        if (residuals.Length < 10) return null;
        var (levels, cross) = (0.0, 0.0);
        for (var i = 1; i < residuals.Length; i++)
        {
            levels += residuals[i - 1] * residuals[i - 1];
            cross += residuals[i - 1] * (residuals[i] - residuals[i - 1]);
        }

        if (!(levels > 0)) return null;
        var (slope, squares) = (cross / levels, 0.0);
        for (var i = 1; i < residuals.Length; i++)
        {
            var error = residuals[i] - residuals[i - 1] - (slope * residuals[i - 1]);
            squares += error * error;
        }

        var deviation = Math.Sqrt(squares / (residuals.Length - 2) / levels);
        if (!(deviation > 0)) return null;
        return new DickeyFuller(slope / deviation, slope is > -1 and < 0 ? -Math.Log(2) / Math.Log(1 + slope) : slope <= -1 ? 0 : null);
    }

    /// <summary>Value of the statistic below which the residuals of a regression of one series on another are taken for stationary, at 5 %.</summary>
    /// <param name="count">Residuals.</param>
    public static double CriticalValue(int count) => -3.33613 - (6.1101 / count) - (6.823 / count / count);
}
