using Mts.Core.Ports;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>Keeps spreads between venues and the opportunities they make. Spreads of single markets and funding the recorder takes from the feeds.</summary>
public sealed class SpreadRecorder(Recorder recorder) : ISpreadListener
{
    public void OnSpread(in SpreadPoint spread)
    {
        // The recorder samples the same books, in exact numbers.
    }

    public void OnCrossSpread(CrossSpread spread) => recorder.Record(new CrossSpreadRow(
        spread.Buy.Venue, spread.Buy.Symbol, spread.Sell.Venue, spread.Sell.Symbol, spread.Time,
        spread.Best?.Size, spread.BuyPrice, spread.SellPrice, spread.GrossPercent * 100, spread.Best?.NetPercent * 100));

    public void OnOpportunityOpened(Opportunity opportunity) => Record(opportunity);

    public void OnOpportunityEnded(Opportunity opportunity) => Record(opportunity);

    public void OnFunding(FundingReport report)
    {
        // The recorder takes funding from the feeds.
    }

    private void Record(Opportunity opportunity)
    {
        var (time, best) = opportunity.Best;
        var row = new CrossSpreadRow(
            opportunity.Buy.Venue, opportunity.Buy.Symbol, opportunity.Sell.Venue, opportunity.Sell.Symbol, time,
            best.Size, best.BuyPrice, best.SellPrice, best.GrossPercent * 100, best.NetPercent * 100);
        recorder.Record(new OpportunityRow(opportunity.First.Time, opportunity.Last.Time, opportunity.Ended, opportunity.End?.ToString(), row, best.Net));
    }
}
