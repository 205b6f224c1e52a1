using Mts.Core.Ports;

namespace Mts.Strategies;

/// <summary>A strategy that judges each instrument at the first close after each publication of the VIX, by the rows until then.</summary>
/// <param name="lookback">Rows that are kept.</param>
/// <param name="warmUpBars">Bars before the first signal.</param>
/// <param name="horizonDays">Days after which a position ends; 0 for never.</param>
internal abstract class VixRowStrategy(int lookback, int warmUpBars, double horizonDays) : IStrategy
{
    private VixRows[] rows = [];

    public abstract string Name { get; }

    public StrategyNeeds Needs { get; } = new() { MacroSeries = [VixRows.SeriesId], WarmUpBars = warmUpBars };

    public void OnStart(IStrategyContext context) => rows = [.. context.Instruments.Select(_ => new VixRows(lookback))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var known = context.Macro(VixRows.SeriesId);
        foreach (ref readonly var entry in slice.Bars)
        {
            var past = rows[entry.Instrument];
            if (past.Add(entry.Bar, known) && Judge(past.Rows, entry.Bar.Close) is { } opinion) context.Emit(opinion.ToSignal(Name, horizonDays, entry, slice, context));
        }
    }

    /// <param name="past">Rows of the instrument, oldest first; the last one has just ended.</param>
    /// <param name="price">The close at which it ended.</param>
    /// <returns>Null where there is nothing to say.</returns>
    protected abstract Opinion? Judge(ReadOnlySpan<VixRow> past, double price);
}
