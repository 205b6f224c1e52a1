using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Engine;

/// <summary>Whether the data is what the run and its strategies need.</summary>
internal static class InputChecks
{
    /// <exception cref="BacktestDataException">Lists what is missing, and what there is.</exception>
    public static void Check(BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, BacktestOptions options, List<string> warnings)
    {
        if (inputs.Instruments.Count == 0 || strategies.Count == 0) throw new ArgumentException("A run needs an instrument and a strategy.", nameof(inputs));
        if (inputs.End <= inputs.Start) throw new ConfigurationException($"the range ends at {inputs.End}, not after its start {inputs.Start}.");
        if (inputs.Instruments.Any(i => i.Series.Key.Interval != inputs.Instruments[0].Series.Key.Interval)) throw new ArgumentException("All series of a run have one interval.", nameof(inputs));
        var short_ = new List<string>();
        foreach (var instrument in inputs.Instruments) CheckRange(instrument.Series, inputs, short_);
        foreach (var instrument in inputs.Instruments.Where(i => i.Series.LowerBound(inputs.Start) < options.WarmUp))
            warnings.Add($"{instrument.Series.Key}: of the {options.WarmUp} bars of the warm-up there are {instrument.Series.LowerBound(inputs.Start)}");
        foreach (var strategy in strategies) CheckNeeds(strategy, inputs, warnings);
        CheckExecution(inputs, options.Execution);
        if (short_.Count == 0) return;
        if (!options.AllowGaps) throw new BacktestDataException($"{string.Join("; ", short_)}. Fetch what is missing with `mts collect` or `mts data repair`, choose another range, or run over it with --allow-gaps.");
        warnings.AddRange(short_);
    }

    /// <exception cref="BacktestDataException">Too few instruments, or one without the volume that the strategy needs.</exception>
    /// <exception cref="ConfigurationException">The run's bars do not make the longer ones that the strategy needs.</exception>
    public static void CheckInstruments(IStrategy strategy, IReadOnlyList<RunInstrument> instruments)
    {
        if (instruments.Count < strategy.Needs.MinInstruments)
            throw new BacktestDataException($"strategy {strategy.Name} needs {strategy.Needs.MinInstruments} symbols, this run has {instruments.Count}.");
        foreach (var instrument in instruments.Where(i => strategy.Needs.Volume && !i.HasVolume))
            throw new BacktestDataException($"strategy {strategy.Name} needs volume, and {instrument.Key} has none; choose another --venue.");
        CheckIntervals(strategy, instruments[0].Key.Interval);
    }

    /// <summary>Tells what is missing inside a range, for a run that does not stop at it.</summary>
    public static void CheckHoles(BacktestInputs inputs, List<string> warnings)
    {
        foreach (var instrument in inputs.Instruments)
        {
            if (instrument.Series.LowerBound(inputs.Start) < instrument.Series.Length) CheckRange(instrument.Series, inputs, warnings);
            else warnings.Add($"{instrument.Series.Key}: no bars from {inputs.Start} to {inputs.End}");
        }
    }

    private static void CheckIntervals(IStrategy strategy, Interval own)
    {
        var needs = strategy.Needs.Intervals;
        if (needs.All(n => n.Interval.IsMultipleOf(own))) return;
        var wrong = needs.First(n => !n.Interval.IsMultipleOf(own)).Interval;
        var fitting = Interval.Names.Where(name => needs.All(n => n.Interval.IsMultipleOf(Interval.Parse(name))));
        throw new ConfigurationException($"strategy {strategy.Name} needs {wrong} bars, and {own} bars do not make them; choose --interval {string.Join(", ", fitting)}.");
    }

    private static void CheckRange(BarSeries series, BacktestInputs inputs, List<string> complaints)
    {
        var first = series.LowerBound(inputs.Start);
        if (series.Length > 0 && series.CloseTime(series.Length - 1) > inputs.End) throw new ArgumentException($"{series.Key} has bars that close after the end of the range.", nameof(inputs));
        if (first >= series.Length) throw new BacktestDataException($"{series.Key}: no bars from {inputs.Start} to {inputs.End}.");
        var times = series.OpenTimes[first..];
        var interval = series.Key.Interval;
        // Where bars have no grid there are no holes in it.
        if (interval == Interval.Irregular) return;
        var end = new Timestamp(times[^1] + interval.Micros);
        var begin = new Timestamp(times[0]);
        if (begin.Micros - inputs.Start.Micros >= interval.Micros || inputs.End.Micros - end.Micros >= interval.Micros)
            complaints.Add($"{series.Key}: asked for {inputs.Start} to {inputs.End}, there is {begin} to {end}");
        var holes = Holes.Find(times, interval);
        if (holes.Count == 0) return;
        var list = string.Join(", ", holes.Take(5).Select(h => $"{h.Bars} from {h.From}"));
        complaints.Add($"{series.Key}: {holes.Sum(h => h.Bars)} bars missing in {holes.Count} holes ({list}{(holes.Count > 5 ? ", …" : "")})");
    }

    private static void CheckExecution(BacktestInputs inputs, ExecutionOptions execution)
    {
        if (execution.Queue is not null && (execution.Finer is not null || execution.VolumeShare is not null || execution.LimitFill != LimitFill.Through))
            throw new ConfigurationException("finer bars, a share of the volume and the rule of limit fills are for fills on bars; inside a recorded book they say nothing.");
        foreach (var instrument in inputs.Instruments)
        {
            var series = instrument.Series;
            if (execution.Queue is not null && instrument.Tape is null) throw new BacktestDataException($"{series.Key} has no recorded book in which orders could be filled; name a recording of it with --book.");
            if (execution.VolumeShare is not null && !series.HasVolume) throw new BacktestDataException($"{series.Key} has no volume of which a share could be filled; choose another --venue, or leave --volume-share out.");
            if (instrument.Marks is { } marks && marks.Key.Interval != (execution.Finer ?? series.Key.Interval))
                throw new BacktestDataException($"the mark prices of {series.Key.Symbol} are bars of {marks.Key.Interval}, and the run looks at bars of {execution.Finer ?? series.Key.Interval}; give mark prices of that length.");
            if (execution.Finer is not { } finer) continue;
            if (finer.Micros >= series.Key.Interval.Micros || series.Key.Interval.Micros % finer.Micros != 0)
                throw new ConfigurationException($"finer bars of {finer} do not divide bars of {series.Key.Interval}.");
            if (instrument.Finer is not { Length: > 0 } bars)
                throw new BacktestDataException($"{series.Key} has no bars of {finer}; `mts collect --symbols {series.Key.Symbol} --interval {finer}` fetches them.");
            if (execution.VolumeShare is not null && !bars.HasVolume) throw new BacktestDataException($"{bars.Key} has no volume of which a share could be filled.");
        }
    }

    private static void CheckNeeds(IStrategy strategy, BacktestInputs inputs, List<string> warnings)
    {
        var needs = strategy.Needs;
        CheckInstruments(strategy, [.. inputs.Instruments.Select(i => i.ToInstrument())]);
        var warmUp = needs.WarmUpAt(inputs.Instruments[0].Series.Key.Interval);
        foreach (var instrument in inputs.Instruments.Where(i => i.Series.Length < warmUp))
            warnings.Add($"{instrument.Series.Key}: strategy {strategy.Name} says nothing before bar {warmUp}, and there are {instrument.Series.Length}; choose a longer range or --warm-up");
        foreach (var id in needs.MacroSeries)
        {
            if (!inputs.Macro.TryGetValue(id, out var observations) || observations.Count == 0)
                throw new BacktestDataException($"strategy {strategy.Name} needs the macro series {id}, and there is none; `mts collect-macro --macro-indicators {id}` fetches it.");
            if (observations.All(o => o.KnownTime > inputs.Start))
                warnings.Add($"{id}: nothing was known before {observations.Min(o => o.KnownTime)}, after the range begins");
        }
    }
}
