using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>The mark prices of a run as far as there are any, and traded prices where there are none.</summary>
/// <param name="series">Bars of the mark price by instrument; null for an instrument without.</param>
/// <param name="assumptions">Told where a bar is missing.</param>
internal sealed class MarkPrices(IReadOnlyList<BarSeries?> series, Assumptions assumptions)
{
    private readonly (long Time, long? Price)[] opens = [.. series.Select(_ => (long.MinValue, (long?)null))];

    /// <summary>Whether an instrument has any.</summary>
    public bool Has(int instrument) => series[instrument] is not null;

    /// <summary>The bar of the mark price beside a traded bar.</summary>
    public Bar Beside(int instrument, in Bar traded)
    {
        if (series[instrument] is not { } marks) return traded;
        if (Find(marks, traded.OpenTime) is { } at) return marks[at];
        assumptions.Note(instrument, "the mark price is not known; traded prices were looked at", traded.OpenTime.Micros);
        return traded;
    }

    /// <summary>What one unit of a position is worth, 10⁻⁸ quote units: the open of the mark price's bar, or the last traded price.</summary>
    /// <param name="holding">Not flat.</param>
    /// <param name="now">The instant, Unix microseconds.</param>
    public long At(Holding holding, long now)
    {
        var instrument = holding.Instrument;
        if (series[instrument] is not { } marks) return Scaled.Price(holding.Mark);
        if (opens[instrument].Time != now)
        {
            var at = Find(marks, new Timestamp(now));
            opens[instrument] = (now, at is { } found ? Scaled.Price(marks[found].Open) : null);
            if (at is null) assumptions.Note(instrument, "the mark price is not known; in its account the position was valued at the last traded price", now);
        }

        return opens[instrument].Price ?? Scaled.Price(holding.Mark);
    }

    private static int? Find(BarSeries marks, Timestamp open)
    {
        var at = marks.LowerBound(open);
        return at < marks.Length && marks.OpenTimes[at] == open.Micros ? at : null;
    }
}
