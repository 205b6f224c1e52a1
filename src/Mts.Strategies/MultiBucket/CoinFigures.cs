using Mts.Core.Indicators;

namespace Mts.Strategies.MultiBucket;

/// <summary>Momentum of one coin over 7, 14 and 30 rows.</summary>
/// <param name="Close">Price.</param>
/// <param name="M7">Rate of change, a fraction, as the next two.</param>
/// <param name="M14">Over 14 rows.</param>
/// <param name="M30">Over 30 rows.</param>
/// <param name="Z7">Deviations of M7 from those of the rows before; null where they are too few or do not vary, as the next two.</param>
/// <param name="Z14">Of M14.</param>
/// <param name="Z30">Of M30.</param>
/// <param name="Strength">Share of rising rows of the last 14, less one half.</param>
internal readonly record struct CoinFigures(double Close, double M7, double M14, double M30, double? Z7, double? Z14, double? Z30, double Strength)
{
    private const int Longest = 30;
    private const int StrengthRows = 14;

    public double? Composite => (0.5 * Z7) + (0.3 * Z14) + (0.2 * Z30);

    public double Acceleration => M7 - M14;

    /// <param name="closes">Oldest first.</param>
    /// <param name="zRows">Momenta before the present one that make its mean and deviation.</param>
    /// <returns>Null below 31 closes.</returns>
    public static CoinFigures? Of(ReadOnlySpan<double> closes, int zRows)
    {
        if (closes.Length <= Longest) return null;
        var rising = 0;
        for (var i = closes.Length - StrengthRows; i < closes.Length; i++) rising += closes[i] > closes[i - 1] ? 1 : 0;
        return new CoinFigures(
            closes[^1], Change(closes, 7), Change(closes, 14), Change(closes, 30), Z(closes, 7, zRows), Z(closes, 14, zRows), Z(closes, 30, zRows),
            ((double)rising / StrengthRows) - 0.5);
    }

    private static double Change(ReadOnlySpan<double> closes, int rows) => (closes[^1] / closes[^(rows + 1)]) - 1;

    private static double? Z(ReadOnlySpan<double> closes, int rows, int zRows)
    {
        if (closes.Length < zRows + rows + 1) return null;
        Span<double> before = stackalloc double[zRows];
        for (var i = 0; i < zRows; i++) before[i] = Change(closes[..^(zRows - i)], rows);
        return ZScore.Of(Change(closes, rows), before);
    }
}
