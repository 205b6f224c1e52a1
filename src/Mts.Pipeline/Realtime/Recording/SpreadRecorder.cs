using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>Keeps spreads between venues and the opportunities they make. Spreads of single markets and funding the recorder takes from the feeds.</summary>
public sealed class SpreadRecorder(Recorder recorder)
{
    /// <summary>Keeps a spread at its best size, or at the first notional where none pays; one without a figure leaves nothing.</summary>
    public void Record(CrossSpread spread)
    {
        var execution = spread.Best ?? spread.ForNotionals.FirstOrDefault(e => e is not null);
        if (execution is { } figures) recorder.Record(Row(spread.Buy, spread.Sell, spread.Time, figures));
    }

    /// <summary>Keeps an opportunity with its figures at their best; the row of its end replaces that of its beginning.</summary>
    public void Record(Opportunity opportunity)
    {
        var (time, best) = opportunity.Best;
        recorder.Record(new OpportunityRow(
            opportunity.First.Time, opportunity.Last.Time, opportunity.Ended, opportunity.End?.ToString(), Row(opportunity.Buy, opportunity.Sell, time, best), best.Net));
    }

    private static CrossSpreadRow Row(Instrument buy, Instrument sell, Timestamp time, in Execution e) =>
        new(buy.Venue, buy.Symbol, sell.Venue, sell.Symbol, time, e.Size, e.BuyPrice, e.SellPrice, e.GrossPercent * 100, e.NetPercent * 100);
}
