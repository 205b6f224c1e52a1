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
        // As many bars in each, so that candles stand at one distance.
        var step = Math.Max(1, (until - first + most - 1) / most);
        for (var from = first; from < until; from += step)
        {
            var end = Math.Min(from + step, until);
            columns.Times.Add(new Timestamp(series.OpenTimes[from]));
            columns.Opens.Add(series.Opens[from]);
            columns.Highs.Add(Extremes.Greatest(series.Highs[from..end]));
            columns.Lows.Add(Extremes.Least(series.Lows[from..end]));
            columns.Closes.Add(series.Closes[end - 1]);
        }

        return columns;
    }
}
