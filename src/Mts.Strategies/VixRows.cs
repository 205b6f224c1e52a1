using Mts.Core.Market;

namespace Mts.Strategies;

/// <summary>The last rows of one instrument: one at the first close after each publication of the VIX.</summary>
/// <remarks>
/// Days without a new value (weekends, holidays) make no row, so that no change of the index is counted as zero,
/// and a bar shorter than a day does not turn rows into hours. A series that has stopped makes no rows and hence no signals.
/// </remarks>
internal sealed class VixRows(int capacity)
{
    public const string SeriesId = "VIXCLS";

    private readonly VixRow[] rows = new VixRow[capacity];
    private int count;
    private DateOnly lastDay = DateOnly.MinValue;
    private double high = double.NegativeInfinity;
    private double low = double.PositiveInfinity;

    /// <summary>Oldest first.</summary>
    public ReadOnlySpan<VixRow> Rows => rows.AsSpan(0, count);

    /// <param name="bar">The bar that has closed.</param>
    /// <param name="known">The observations that are public at its close, oldest day first.</param>
    /// <returns>True where the bar ended a row.</returns>
    public bool Add(in Bar bar, ReadOnlySpan<MacroObservation> known)
    {
        (high, low) = (Math.Max(high, bar.High), Math.Min(low, bar.Low));
        if (known.IsEmpty || known[^1].Day <= lastDay || known[^1].Value is not { } vix) return false;
        lastDay = known[^1].Day;
        if (count == capacity) Array.Copy(rows, 1, rows, 0, --count);
        rows[count++] = new VixRow(bar.Close, high, low, vix);
        (high, low) = (double.NegativeInfinity, double.PositiveInfinity);
        return true;
    }
}
