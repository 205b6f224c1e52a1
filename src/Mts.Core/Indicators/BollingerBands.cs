namespace Mts.Core.Indicators;

/// <summary>The mean of the last values, and bands a number of deviations around it.</summary>
/// <param name="length">Values in the window.</param>
/// <param name="width">Deviations to each side.</param>
/// <param name="kind">Sample by default.</param>
public sealed class BollingerBands(int length = 20, double width = 2, DeviationKind kind = DeviationKind.Sample)
{
    private readonly RollingStdDev deviation = new(length, kind);

    /// <summary>Null until the window is full, as all three.</summary>
    public double? Middle => deviation.Mean;

    public double? Upper => Middle + (width * deviation.Value);

    public double? Lower => Middle - (width * deviation.Value);

    public void Add(double value) => deviation.Add(value);
}
