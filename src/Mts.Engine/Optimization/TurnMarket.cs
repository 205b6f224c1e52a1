using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Risk;
using Mts.Core.Trading;

namespace Mts.Engine.Optimization;

/// <summary>What the trials of one search share where a run needs nothing but the turns of its strategy: one market, plain costs, no limits, no funding.</summary>
internal sealed class TurnMarket
{
    private TurnMarket(BacktestInputs inputs, BacktestOptions options)
    {
        (Inputs, Options, Series) = (inputs, options, inputs.Instruments[0].Series);
        First = Series.LowerBound(inputs.Start);
        Sums = new PrefixSums(Series.Closes);
        DayEnds = LastBars(Series, inputs.Start);
        Lot = RunParts.Lot(options, 0);
        Costs = new Costs(options.FeeBps, options.SlippageBps);
    }

    public BacktestInputs Inputs { get; }

    public BacktestOptions Options { get; }

    public BarSeries Series { get; }

    /// <summary>The first bar that can be traded; those before it are warm-up.</summary>
    public int First { get; }

    public PrefixSums Sums { get; }

    /// <summary>For each point of the curve between the first and the last one, the bar that it stands at; before <see cref="First"/> where no bar of the range had closed.</summary>
    public IReadOnlyList<int> DayEnds { get; }

    public long Lot { get; }

    public Costs Costs { get; }

    /// <returns>Null where the bars must be shown one by one.</returns>
    public static TurnMarket? Of(BacktestInputs inputs, RiskPolicy? risk, BacktestOptions options, Goal goal)
    {
        if (risk is not null || !options.Execution.IsPlain || options.Costs is not null || inputs.Instruments is not [{ Funding: null } only] || only.Series.LowerBound(inputs.Start) >= only.Series.Length) return null;
        return goal.Asked.All(TurnRun.Knows) && !only.Series.Closes.ContainsAnyExceptInRange(0, ExactSum.Greatest) ? new TurnMarket(inputs, options) : null;
    }

    // As the curve does it: a day ends when a bar closes after it.
    private static List<int> LastBars(BarSeries series, Timestamp start)
    {
        var (bars, bar, last) = (new List<int>(), -1, series.CloseTime(series.Length - 1).Micros);
        for (var end = Execution.EquityCurve.DayEnd(start.Micros); end < last; end += Timestamp.MicrosPerDay)
        {
            while (series.CloseTime(bar + 1).Micros <= end) bar++;
            bars.Add(bar);
        }

        return bars;
    }
}
