using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>What a session has been told of the markets so far, as a backtest over the same time would have it.</summary>
internal sealed class SessionHistory(SessionPlan plan, IReadOnlyList<IStrategy> strategies)
{
    private readonly BarSeriesBuilder[] bars = [.. plan.Instruments.Select(_ => new BarSeriesBuilder())];
    private readonly List<FundingRate>[] funding = [.. plan.Instruments.Select(_ => new List<FundingRate>())];
    private readonly HashSet<(string SeriesId, MacroObservation Observation)> seen = [];
    private readonly Dictionary<string, List<MacroObservation>> macro =
        strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal).ToDictionary(id => id, _ => new List<MacroObservation>(), StringComparer.Ordinal);

    /// <summary>The series that the strategies need; others are not kept.</summary>
    public IReadOnlyCollection<string> MacroSeries => macro.Keys;

    public bool Knows(LiveMacro input) => seen.Contains((input.SeriesId, input.Observation));

    /// <returns>False where nobody needs the observation, or it was known.</returns>
    public bool TryAdd(LiveMacro input)
    {
        if (!macro.TryGetValue(input.SeriesId, out var known) || !seen.Add((input.SeriesId, input.Observation))) return false;
        known.Add(input.Observation);
        return true;
    }

    public void Add(LiveFunding input) => funding[input.Series].Add(input.Rate);

    /// <returns>All bars of the instrument.</returns>
    public BarSeries Add(int instrument, Bar bar)
    {
        bars[instrument].Add(bar);
        return Bars(instrument);
    }

    /// <param name="end">Close of the last bar that was decided, Unix microseconds.</param>
    public BacktestInputs Until(long end) => new()
    {
        Instruments = [.. plan.Instruments.Select((instrument, i) => new InstrumentData(
            instrument.Asset, Bars(i), instrument.Key.Symbol.IsPerpetual ? [.. funding[i].OrderBy(r => r.Time)] : null))],
        Macro = macro.ToDictionary(m => m.Key, m => (IReadOnlyList<MacroObservation>)[.. m.Value], StringComparer.Ordinal),
        Start = plan.Start,
        End = new Timestamp(end),
    };

    private BarSeries Bars(int instrument) => bars[instrument].View(plan.Instruments[instrument].Key, plan.Instruments[instrument].HasVolume);
}
