using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.Strategies.PairsTrading;

/// <summary>The distance of two prices: the residual of the regression of the logarithm of the first on that of the second, over the last closes.</summary>
internal sealed class Spread(int length)
{
    private readonly RollingWindow first = new(length);
    private readonly RollingWindow second = new(length);
    private readonly double[] residuals = new double[length];

    public bool IsFull => first.IsFull;

    public void Add(double firstClose, double secondClose)
    {
        first.Add(Math.Log(firstClose));
        second.Add(Math.Log(secondClose));
    }

    /// <returns>Null until the window is full, and where one side does not vary.</returns>
    public SpreadFigures? Measure()
    {
        if (!IsFull || LeastSquares.Of(second.Values, first.Values) is not { } line) return null;
        var squares = 0.0;
        for (var i = 0; i < length; i++)
        {
            residuals[i] = line.Residual(second.Values[i], first.Values[i]);
            squares += residuals[i] * residuals[i];
        }

        return ZScore.Of(residuals[^1], 0, Math.Sqrt(squares / (length - 2))) is { } z && DickeyFuller.Of(residuals) is { } test
            ? new SpreadFigures(line.Slope, z, test.Statistic, test.HalfLife)
            : null;
    }
}

/// <param name="Beta">Hedge ratio: share of the second per share of the first.</param>
/// <param name="Z">Newest residual in standard errors of the regression; above 0 the first is dear.</param>
/// <param name="Statistic">Of Engle and Granger.</param>
/// <param name="HalfLife">Bars; null where the distance does not shrink.</param>
internal readonly record struct SpreadFigures(double Beta, double Z, double Statistic, double? HalfLife);
