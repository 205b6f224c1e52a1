using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Where a plot's values lie on the paper.</summary>
/// <param name="From">Value at the left edge; of a time, its Unix microseconds.</param>
/// <param name="Until">Value at the right edge.</param>
/// <param name="Low">Value at the foot.</param>
/// <param name="High">Value at the top.</param>
/// <param name="IsLog">Whether heights are logarithms.</param>
/// <param name="Width">Of the drawing, labels included.</param>
/// <param name="Height">Of the area of the curves.</param>
internal sealed record PlotFrame(double From, double Until, double Low, double High, bool IsLog, int Width, int Height)
{
    public const int Left = 64;
    public const int Foot = 26;

    public static PlotFrame OverTime(Timestamp from, Timestamp until, double low, double high, bool isLog = false, int width = 1_000, int height = 280) =>
        new(from.Micros, Math.Max(until.Micros, from.Micros + 1), low, high, isLog, width, height);

    /// <summary>The least and the greatest value of some curves, of which one at least has a point.</summary>
    public static (double Low, double High) Reach(params ReadOnlySpan<IReadOnlyList<EquityPoint>> curves)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var curve in curves)
        {
            for (var i = 0; i < curve.Count; i++) (low, high) = (Math.Min(low, curve[i].Value), Math.Max(high, curve[i].Value));
        }

        return (low, high);
    }

    /// <summary>A range that a flat curve can lie in, too.</summary>
    public static (double Low, double High) Wide(double low, double high) =>
        high - low > Math.Abs(high) * 1e-9 && high > low ? (low, high) : (low - Math.Max(Math.Abs(low) * 0.01, 1e-9), high + Math.Max(Math.Abs(high) * 0.01, 1e-9));

    public double X(double value) => Left + ((Width - Left - 8) * (value - From) / (Until - From));

    public double Y(double value) => 6 + ((Height - 12) * (Scale(High) - Scale(value)) / (Scale(High) - Scale(Low)));

    // What a ruined account is worth has no logarithm; it lies on the floor.
    private double Scale(double value) => IsLog ? Math.Log(Math.Max(value, Low)) : value;
}
