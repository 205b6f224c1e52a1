using Microsoft.Extensions.Logging;
using Mts.Core.Books;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Spreads;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.Pipeline.Realtime.Recording;
using Mts.Storage.Cache.Live;

namespace Mts.Cli.Live;

/// <summary>Where spreads, opportunities and signals of the moment go: the recorder, the alerts, the cache, and the report at the end.</summary>
internal sealed class AnalysisOutlet(AssetCatalog assets, SpreadRecorder? recorder, AlertDesk alerts, MarketCache cache, ILogger log, Timestamp begun) : ISpreadListener, IRealtimeSignalListener
{
    private const int MostKept = 200;

    private readonly Queue<Opportunity> ended = new();
    private readonly Queue<RealtimeSignal> recent = new();

    /// <summary>The last opportunities that are over, oldest first.</summary>
    public IReadOnlyCollection<Opportunity> Ended => ended;

    /// <summary>The last signals of the moment, oldest first.</summary>
    public IReadOnlyCollection<RealtimeSignal> Recent => recent;

    public long Opportunities { get; private set; }

    public long Signals { get; private set; }

    public void OnSpread(in SpreadPoint spread)
    {
        // The recorder samples the spreads of single books itself.
    }

    public void OnCrossSpread(CrossSpread spread) => recorder?.Record(spread);

    public void OnOpportunityOpened(Opportunity opportunity)
    {
        Opportunities++;
        See(opportunity, opportunity.Last.Execution);
        recorder?.Record(opportunity);
    }

    public void OnOpportunityEnded(Opportunity opportunity)
    {
        ended.Enqueue(opportunity);
        if (ended.Count > MostKept) ended.Dequeue();
        See(opportunity, null);
        recorder?.Record(opportunity);
    }

    /// <summary>What has become of opportunities that last; the analysis tells of their beginning and their end by itself.</summary>
    public void Look(IReadOnlyList<Opportunity> open)
    {
        foreach (var opportunity in open) See(opportunity, opportunity.Last.Execution);
    }

    public void OnFunding(FundingReport report)
    {
        // The recorder keeps funding quotes and the alerts see them from the feeds.
    }

    public void OnSignal(RealtimeSignal signal)
    {
        Signals++;
        recent.Enqueue(signal);
        if (recent.Count > MostKept) recent.Dequeue();
        log.LogInformation("signal {Kind} {Market} {Strength} confidence={Confidence:0.###} price={Price} {Reason}", signal.Kind, signal.Instrument, signal.Strength, signal.Confidence, signal.Price, signal.Reason);
        var made = new Signal
        {
            Asset = assets.IdOf(signal.Instrument.Symbol.Base), Instrument = 0, Direction = signal.Direction, Confidence = signal.Confidence, PositionSize = 0,
            Strategy = $"Realtime{signal.Kind}", Time = signal.Time, Price = signal.Price, Reason = signal.Reason,
        };
        cache.Put(made);
        alerts.See(new SignalSeen(made));
    }

    // Of bars that closed before this session and were fetched back nobody needs to be alerted.
    public void OnVolatility(in VolatilityPoint volatility)
    {
        if (volatility.Time >= begun) alerts.See(new VolatilitySeen(volatility.Instrument.Venue, volatility.Instrument.Symbol, volatility.PerYear, volatility.Time));
    }

    private void See(Opportunity opportunity, Execution? now) => alerts.See(new OpportunitySeen(
        assets.IdOf(opportunity.Buy.Symbol.Base), opportunity.Buy.Venue, opportunity.Buy.Symbol, opportunity.Sell.Venue, opportunity.Sell.Symbol, now?.Net, now?.NetPercent * 100, opportunity.Ended ?? opportunity.Last.Time));
}
