using Mts.Core.Indicators;

namespace Mts.Strategies;

/// <summary>Returns of two prices over the same spans: from one instant at which both have a bar to the next.</summary>
internal sealed class PairedReturns(int length)
{
    private readonly RollingCorrelation correlation = new(length);
    private double lastX;
    private double lastY;

    /// <summary>Null until there are enough, and where one side does not vary.</summary>
    public double? Correlation => correlation.Value;

    /// <summary>Both closes of one instant.</summary>
    public void Add(double x, double y)
    {
        if (lastX > 0 && lastY > 0) correlation.Add((x / lastX) - 1, (y / lastY) - 1);
        (lastX, lastY) = (x, y);
    }
}
