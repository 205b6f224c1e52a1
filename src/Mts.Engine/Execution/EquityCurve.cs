using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Execution;

/// <summary>Equity over time: drawdown at every bar, one point per UTC day at the last close up to 24:00, or all.</summary>
internal sealed class EquityCurve(long start, double capital, bool perBar)
{
    private readonly List<EquityPoint> days = [new(new Timestamp(start), capital)];
    private readonly List<EquityPoint> bars = perBar ? [new(new Timestamp(start), capital)] : [];
    private readonly MaxDrawdown drawdown = new(start, capital);
    private long dayEnd = Ceiling(start + 1);
    private long lastTime = start;
    private double lastEquity = capital;

    public IReadOnlyList<EquityPoint> Points => perBar ? bars : days;

    public IReadOnlyList<EquityPoint> Days => days;

    public MaxDrawdown Drawdown => drawdown;

    public void Add(long time, double equity)
    {
        if (time > dayEnd) EndDays(time);
        drawdown.Add(time, equity);
        if (perBar) bars.Add(new(new Timestamp(time), equity));
        (lastTime, lastEquity) = (time, equity);
    }

    /// <summary>Closes the day under way; a run that ends inside a day has its last point there.</summary>
    public void Finish()
    {
        if (lastTime > days[^1].Time.Micros) days.Add(new(new Timestamp(Math.Min(lastTime, dayEnd)), lastEquity));
    }

    // A day without a bar has the last close before it.
    private void EndDays(long time)
    {
        for (; time > dayEnd; dayEnd += Timestamp.MicrosPerDay) days.Add(new(new Timestamp(dayEnd), lastEquity));
    }

    private static long Ceiling(long time) => Interval.Day.Floor(new Timestamp(time - 1)).Micros + Timestamp.MicrosPerDay;
}
