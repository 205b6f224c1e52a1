using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Execution;

/// <summary>Equity over time: drawdown at every bar, one point per UTC day at the last close up to 24:00, or all.</summary>
internal sealed class EquityCurve(long start, double capital, bool perBar)
{
    private readonly List<EquityPoint> days = [new(new Timestamp(start), capital)];
    private readonly List<EquityPoint> bars = perBar ? [new(new Timestamp(start), capital)] : [];
    private readonly MaxDrawdown drawdown = new(start, capital);
    private long dayEnd = DayEnd(start);
    private long lastTime = start;
    private double lastEquity = capital;
    private bool provisional;

    public IReadOnlyList<EquityPoint> Points => perBar ? bars : days;

    public IReadOnlyList<EquityPoint> Days => days;

    public MaxDrawdown Drawdown => drawdown;

    /// <summary>When nothing was left, or less than nothing; null where that never happened.</summary>
    public Timestamp? RuinedAt { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long time, double equity)
    {
        if (time > dayEnd) EndDays(time);
        drawdown.Add(time, equity);
        if (equity <= 0) RuinedAt ??= new Timestamp(time);
        if (perBar) bars.Add(Point(time, equity));
        (lastTime, lastEquity) = (time, equity);
    }

    /// <summary>Closes the day under way; a run that ends inside a day has its last point there.</summary>
    /// <param name="final">Equity at the last close, exact.</param>
    public void Finish(double final)
    {
        if (lastTime <= days[^1].Time.Micros) return;
        days.Add(new(new Timestamp(lastTime), final));
        provisional = true;
        if (perBar) bars[^1] = days[^1];
    }

    /// <summary>Takes back what <see cref="Finish"/> said, for a run that goes on after its result so far was read.</summary>
    public void Reopen()
    {
        if (provisional) days.RemoveAt(days.Count - 1);
        if (provisional && perBar) bars[^1] = Point(lastTime, lastEquity);
        provisional = false;
    }

    // A day without a bar has the last close before it.
    private void EndDays(long time)
    {
        for (; time > dayEnd; dayEnd += Timestamp.MicrosPerDay) days.Add(Point(dayEnd, lastEquity));
    }

    // Money has eight decimals; what a double adds behind them is noise.
    private static EquityPoint Point(long time, double equity) => new(new Timestamp(time), Math.Round(equity, 8));

    /// <summary>The first 24:00 after <paramref name="time"/>, Unix microseconds.</summary>
    public static long DayEnd(long time) => Interval.Day.Floor(new Timestamp(time)).Micros + Timestamp.MicrosPerDay;
}
