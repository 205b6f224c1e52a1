using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>Bars joined to as many columns as a chart has room for: open of the first, close of the last, and the extremes.</summary>
internal sealed class PriceColumns
{
    public List<Timestamp> Times { get; } = [];

    public List<double> Opens { get; } = [];

    public List<double> Highs { get; } = [];

    public List<double> Lows { get; } = [];

    public List<double> Closes { get; } = [];

    /// <param name="series">The bars.</param>
    /// <param name="first">Index of the first.</param>
    /// <param name="until">Index after the last.</param>
    /// <param name="most">Columns at most.</param>
    public static PriceColumns Of(BarSeries series, int first, int until, int most)
    {
        var columns = new PriceColumns();
        var count = until - first;
        var wanted = Math.Min(count, most);
        for (var c = 0; c < wanted; c++)
        {
            var (from, end) = (first + (int)((long)c * count / wanted), first + (int)((c + 1L) * count / wanted));
            var (high, low) = (double.MinValue, double.MaxValue);
            foreach (var value in series.Highs[from..end]) high = Math.Max(high, value);
            foreach (var value in series.Lows[from..end]) low = Math.Min(low, value);
            columns.Times.Add(new Timestamp(series.OpenTimes[from]));
            columns.Opens.Add(series.Opens[from]);
            columns.Highs.Add(high);
            columns.Lows.Add(low);
            columns.Closes.Add(series.Closes[end - 1]);
        }

        return columns;
    }
}
