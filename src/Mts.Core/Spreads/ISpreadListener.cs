namespace Mts.Core.Spreads;

/// <summary>Hears of spreads, opportunities and funding. Calls come one at a time, in the order of what was received, and return quickly.</summary>
public interface ISpreadListener
{
    /// <summary>A sample of a market, no more often than the settings say.</summary>
    void OnSpread(in SpreadPoint spread);

    /// <summary>A sample of a pair of markets in one direction, no more often than the settings say.</summary>
    void OnCrossSpread(CrossSpread spread);

    /// <summary>Once for each opportunity.</summary>
    void OnOpportunityOpened(Opportunity opportunity);

    /// <summary>Once for each opportunity that was opened.</summary>
    void OnOpportunityEnded(Opportunity opportunity);

    void OnFunding(FundingReport report);
}
