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
    private readonly Signal?[] applied = new Signal?[series.Length];
    private Timestamp now;

    public IReadOnlyList<RunInstrument> Instruments { get; } = [.. series.Select((s, i) => new RunInstrument(s.Key.Symbol.Base, s.Key, s.HasVolume))];

    public IReadOnlyList<Mts.Core.Trading.Fill> Fills => [];

    /// <summary>False leaves every position flat, as when only signals are wanted.</summary>
    public bool Trades { get; init; } = true;

    /// <summary>Settled funding rates by instrument, oldest first.</summary>
    public IReadOnlyDictionary<int, FundingRate[]> Rates { get; init; } = new Dictionary<int, FundingRate[]>();

    public static IReadOnlyList<Signal> Of(IStrategy strategy, params BarSeries[] series) => new StrategyRun(series).Run(strategy);

    public IReadOnlyList<Signal> Run(IStrategy strategy)
    {
        strategy.OnStart(this);
        var times = series.SelectMany(s => Enumerable.Range(0, s.Length).Select(s.CloseTime)).Distinct().Order().ToList();
        foreach (var time in times) Step(strategy, time);
        return signals;
    }

    public double Equity(int instrument) => Capital;

    public PositionView Position(int instrument) => positions[instrument];

    public PastBars Past(int instrument) => new(series[instrument], closed[instrument]);

    public ReadOnlySpan<MacroObservation> Macro(string seriesId)
    {
        if (!present.TryGetValue(seriesId, out var all)) return [];
        var count = all.Length;
        while (count > 0 && all[count - 1].KnownTime > now) count--;
        return all.AsSpan(0, count);
    }

    public ReadOnlySpan<FundingRate> Funding(int instrument) =>
        Rates.TryGetValue(instrument, out var all) ? all.AsSpan(0, all.TakeWhile(r => r.Time < now).Count()) : [];

    public void Emit(Signal signal) => signals.Add(signal);

    private const double Capital = 100_000;

    private void Step(IStrategy strategy, Timestamp time)
    {
        now = time;
        var bars = new List<SliceBar>();
        for (var i = 0; i < series.Length; i++)
        {
            if (closed[i] == series[i].Length || series[i].CloseTime(closed[i]) != time) continue;
            var bar = series[i][closed[i]++];
            bars.Add(new SliceBar(i, bar));
            if (Trades && signals.LastOrDefault(s => s.Instrument == i) is { } last) Follow(i, last, bar);
        }

        strategy.OnSlice(new MarketSlice(time, bars.ToArray()), this);
    }

    // The same direction again changes nothing, unless the signal resizes.
    private void Follow(int instrument, Signal signal, in Bar bar)
    {
        if (ReferenceEquals(applied[instrument], signal) || (positions[instrument].Direction == signal.Direction && !signal.Resizes)) return;
        applied[instrument] = signal;
        positions[instrument] = new PositionView((int)signal.Direction * signal.PositionSize * Capital / bar.Open, bar.Open, bar.OpenTime);
    }
}
