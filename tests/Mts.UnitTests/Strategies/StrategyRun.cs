using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.UnitTests.Strategies;

/// <summary>Feeds bars to a strategy as an engine would, and takes its signals; positions follow at the next bar.</summary>
internal sealed class StrategyRun(BarSeries[] series, IReadOnlyDictionary<string, MacroObservation[]>? macro = null) : IStrategyContext
{
    private readonly PositionView[] positions = new PositionView[series.Length];
    private readonly int[] closed = new int[series.Length];
    private readonly List<Signal> signals = [];
    private readonly Dictionary<string, MacroObservation[]> present =
        macro?.ToDictionary(m => m.Key, m => m.Value.Where(o => o.Value is not null).ToArray()) ?? [];
    private Timestamp now;

    public IReadOnlyList<RunInstrument> Instruments { get; } = [.. series.Select((s, i) => new RunInstrument(s.Key.Symbol.Base, s.Key, s.HasVolume))];

    public IReadOnlyList<Mts.Core.Trading.Fill> Fills => [];

    /// <summary>False leaves every position flat, as when only signals are wanted.</summary>
    public bool Trades { get; init; } = true;

    public static IReadOnlyList<Signal> Of(IStrategy strategy, params BarSeries[] series) => new StrategyRun(series).Run(strategy);

    public IReadOnlyList<Signal> Run(IStrategy strategy)
    {
        strategy.OnStart(this);
        var times = series.SelectMany(s => Enumerable.Range(0, s.Length).Select(s.CloseTime)).Distinct().Order().ToList();
        foreach (var time in times) Step(strategy, time);
        return signals;
    }

    public double Equity(int instrument) => 100_000;

    public PositionView Position(int instrument) => positions[instrument];

    public PastBars Past(int instrument) => new(series[instrument], closed[instrument]);

    public ReadOnlySpan<MacroObservation> Macro(string seriesId)
    {
        if (!present.TryGetValue(seriesId, out var all)) return [];
        var count = all.Length;
        while (count > 0 && all[count - 1].KnownTime > now) count--;
        return all.AsSpan(0, count);
    }

    public void Emit(Signal signal) => signals.Add(signal);

    private void Step(IStrategy strategy, Timestamp time)
    {
        now = time;
        var bars = new List<SliceBar>();
        for (var i = 0; i < series.Length; i++)
        {
            if (closed[i] == series[i].Length || series[i].CloseTime(closed[i]) != time) continue;
            var bar = series[i][closed[i]++];
            bars.Add(new SliceBar(i, bar));
            if (Trades && signals.LastOrDefault(s => s.Instrument == i) is { } last)
                positions[i] = new PositionView((int)last.Direction, bar.Open, bar.OpenTime);
        }

        strategy.OnSlice(new MarketSlice(time, bars.ToArray()), this);
    }
}
