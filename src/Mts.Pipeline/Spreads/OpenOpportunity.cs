using Mts.Core.Market;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>An opportunity while it lasts.</summary>
internal sealed class OpenOpportunity(string id, PairKind kind, Instrument buy, Instrument sell, Sighting first)
{
    private readonly Sighting first = first;
    private Sighting best = first;
    private long sightings = 1;

    public string Id { get; } = id;

    public Instrument Buy { get; } = buy;

    public Instrument Sell { get; } = sell;

    public Sighting Last { get; private set; } = first;

    /// <summary>For who has made something of it once.</summary>
    public bool IsSignalled { get; set; }

    public void See(in Sighting sighting)
    {
        Last = sighting;
        sightings++;
        if (sighting.Execution.Net > best.Execution.Net) best = sighting;
    }

    public Opportunity ToRecord(Timestamp? ended = null, OpportunityEnd? end = null) => new()
    {
        Id = Id, Kind = kind, Buy = Buy, Sell = Sell, First = first, Best = best, Last = Last, Sightings = sightings, Ended = ended, End = end,
    };
}

/// <summary>Hears of every sighting, the first one included.</summary>
internal interface IOpportunityWatcher
{
    void OnSighted(OpenOpportunity opportunity);
}
