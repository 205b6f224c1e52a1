using Mts.Core;
using Mts.Core.Market;

namespace Mts.Engine.Optimization;

/// <summary>A stretch of the data to be traded; all bars before it warm the indicators, nothing after it is there.</summary>
/// <param name="Inputs">The data up to the end of the stretch.</param>
/// <param name="Backtest">The rules, with the warm-up that <c>mts backtest --warm-up</c> needs for the same run.</param>
internal sealed record Window(BacktestInputs Inputs, BacktestOptions Backtest)
{
    private const int MostWarmUp = 1_000_000;

    public double Days => (Inputs.End - Inputs.Start).TotalDays;

    /// <param name="inputs">The whole data.</param>
    /// <param name="backtest">The rules of the whole run.</param>
    /// <param name="start">First instant of the stretch.</param>
    /// <param name="end">Its end.</param>
    /// <exception cref="BacktestDataException">A market has no bars there.</exception>
    public static Window Of(BacktestInputs inputs, BacktestOptions backtest, Timestamp start, Timestamp end)
    {
        if (start == inputs.Start && end == inputs.End) return new Window(inputs, backtest);
        var (warmUp, from) = WarmUp(inputs, start);
        var cut = new BacktestInputs
        {
            Instruments = [.. inputs.Instruments.Select(i => Cut(i, from, start, end))],
            Macro = inputs.Macro.ToDictionary(m => m.Key, m => (IReadOnlyList<MacroObservation>)[.. m.Value.Where(o => o.Day <= end.Date)]),
            Start = start,
            End = end,
        };
        foreach (var empty in cut.Instruments.Where(i => i.Series.LowerBound(start) == i.Series.Length))
            throw new BacktestDataException($"{empty.Series.Key}: no bars from {start} to {end}, a part of the validation; choose longer parts.");
        return new Window(cut, backtest with { WarmUp = warmUp, EquityPerBar = false });
    }

    // Bars without a grid are counted, all others go by time, as --warm-up does.
    private static (int Bars, Timestamp From) WarmUp(BacktestInputs inputs, Timestamp start)
    {
        var (series, interval) = (inputs.Instruments[0].Series, inputs.Instruments[0].Series.Key.Interval);
        if (interval == Interval.Irregular) return (series.LowerBound(start), series.Length == 0 ? start : series[0].OpenTime);
        var first = inputs.Instruments.Min(i => i.Series.Length == 0 ? start.Micros : i.Series.OpenTimes[0]);
        var bars = (int)Math.Clamp((start.Micros - first) / interval.Micros, 0, MostWarmUp);
        return (bars, new Timestamp(start.Micros - (bars * interval.Micros)));
    }

    // A bar belongs to the stretch when it closes in it.
    private static InstrumentData Cut(InstrumentData data, Timestamp from, Timestamp start, Timestamp end)
    {
        var last = data.Series.ClosedBy(end);
        return data with
        {
            Series = data.Series.Slice(from, last > 0 ? new Timestamp(data.Series.OpenTimes[last - 1] + 1) : from),
            Finer = data.Finer?.Slice(start, end),
            Marks = data.Marks?.Slice(start, end),
            Funding = data.Funding is null ? null : [.. data.Funding.Where(f => f.Time <= end)],
        };
    }
}
