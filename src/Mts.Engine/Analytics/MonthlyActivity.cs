using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>How much a run was in the market, month by month.</summary>
/// <param name="Month">Its first instant, UTC.</param>
/// <param name="End">The first instant of the next one.</param>
/// <param name="Exposure">Share of the month in a position, mean over the markets of the run.</param>
/// <param name="Turnover">Notional of entries and exits over the mean equity of the month.</param>
internal sealed record MonthlyActivity(Timestamp Month, Timestamp End, double Exposure, double Turnover)
{
    public static IReadOnlyList<MonthlyActivity> Of(BacktestResult result, IReadOnlyList<EquityPoint> daily)
    {
        var (start, end) = (result.Run.Start, result.Run.End);
        var first = (start.Date.Year * 12) + start.Date.Month - 1;
        var count = IndexOf(new Timestamp(end.Micros - 1)) + 1;
        var (held, traded, equity, days) = (new double[count], new double[count], new double[count], new int[count]);
        foreach (var t in result.Trades)
        {
            Hold(t.EntryTime.Micros, t.ExitTime.Micros);
            Turn(t.EntryTime, t.Quantity * t.EntryPrice);
            Turn(t.ExitTime, t.Quantity * t.ExitPrice);
        }

        foreach (var p in result.OpenPositions)
        {
            Hold(p.EntryTime.Micros, end.Micros);
            Turn(p.EntryTime, p.Quantity * p.EntryPrice);
        }

        foreach (var point in daily)
        {
            var i = IndexOf(new Timestamp(Math.Max(start.Micros, point.Time.Micros - 1)));
            if (i < 0 || i >= count) continue;
            equity[i] += point.Value;
            days[i]++;
        }

        var markets = Math.Max(1, result.Run.Series.Count);
        var months = new List<MonthlyActivity>(count);
        for (var i = 0; i < count; i++)
        {
            var (from, until) = (At(i), At(i + 1));
            double whole = Math.Min(until.Micros, end.Micros) - Math.Max(from.Micros, start.Micros);
            months.Add(new MonthlyActivity(from, until, Math.Min(1, held[i] / (whole * markets)), days[i] > 0 && equity[i] > 0 ? traded[i] / (equity[i] / days[i]) : 0));
        }

        return months;

        int IndexOf(Timestamp time) => (time.Date.Year * 12) + time.Date.Month - 1 - first;

        Timestamp At(int index) => Timestamp.FromDate(new DateOnly((first + index) / 12, ((first + index) % 12) + 1, 1));

        void Hold(long from, long until)
        {
            for (var i = Math.Max(0, IndexOf(new Timestamp(from))); i < count && At(i).Micros < until; i++)
                held[i] += Math.Min(until, At(i + 1).Micros) - Math.Max(from, At(i).Micros);
        }

        void Turn(Timestamp time, decimal notional)
        {
            var i = IndexOf(time);
            if (i >= 0 && i < count) traded[i] += (double)notional;
        }
    }
}
