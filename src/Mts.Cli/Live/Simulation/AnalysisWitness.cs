using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Signals;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Signals;
using Mts.Pipeline.Spreads;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <summary>
/// Holds every spread, opportunity and signal of the moment against figures worked out anew from the venues' own books. Nothing may come from
/// a book that is not valid or is too old.
/// </summary>
/// <param name="witness">Knows the true books, and takes violations and the digest.</param>
/// <param name="ageOf">For how long a market's book has not been the venue's present one; null where it is, or where that is not known.</param>
internal sealed partial class AnalysisWitness(Witness witness, Func<FollowedMarket, TimeSpan?> ageOf) : QuietTap, ISpreadListener, IRealtimeSignalListener
{
    private readonly Dictionary<(string, string), bool> open = [];
    private readonly Dictionary<string, MarkUpdate> marks = new(StringComparer.Ordinal);

    /// <summary>Little is charged, so that much pays and much is said.</summary>
    public static SpreadOptions Options { get; } = new()
    {
        FeesBps = new Dictionary<string, double>(StringComparer.Ordinal) { ["binance_spot"] = 0.02, ["binance_perp"] = 0.01, ["bybit_spot"] = 0.03, ["bybit_perp"] = 0.01 },
        // In the worlds even the fastest message of a good connection may be under way for so long, because what is sent on one keeps its order.
        Clock = new ClockOptions { AssumedTransit = TimeSpan.FromMilliseconds(300) },
        TransferCost = 0.01, MinPercent = 0.0005, MinNotional = 1, Levels = BookHash.Levels, Notionals = ["100", "5000"],
        Signals = new RealtimeSignalOptions { ArbitragePercent = 0.001, ArbitrageConfidence = 0.01, SpreadPercent = 0.001, VolumePercent = 5, VolatilityPercent = 0.01, Life = TimeSpan.FromSeconds(2) },
    };

    /// <summary>Spreads and opportunities that were held against the venues' books.</summary>
    public long Spreads { get; private set; }

    /// <summary>Signals that were held against them.</summary>
    public long Signals { get; private set; }

    /// <summary>Kinds of signal that were met.</summary>
    public HashSet<RealtimeSignalKind> Kinds { get; } = [];

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received) => marks[$"{market.Venue} {market.SymbolText}"] = mark;

    public void OnSpread(in SpreadPoint spread)
    {
        witness.Add(spread.ToString());
        if (Sound(spread.Instrument, "a spread", mayBeOld: true) is not { } book) return;
        Spreads++;
        var (bid, ask) = (book.Bids[0], book.Asks[0]);
        Same(spread.Instrument, "spread's bid", spread.Bid, (double)bid.Price);
        Same(spread.Instrument, "spread's bid size", spread.BidSize, (double)bid.Size);
        Same(spread.Instrument, "spread's ask", spread.Ask, (double)ask.Price);
        Same(spread.Instrument, "spread's ask size", spread.AskSize, (double)ask.Size);
    }

    public void OnCrossSpread(CrossSpread spread)
    {
        witness.Add($"{spread.Kind} {spread.Buy} {spread.Sell} {spread.Time} {spread.BuyPrice:R} {spread.SellPrice:R} {spread.Best} {string.Join(' ', spread.ForNotionals)}");
        if (Sound(spread.Buy, "a spread") is not { } buy || Sound(spread.Sell, "a spread") is not { } sell) return;
        Spreads++;
        Same(spread.Buy, "price to buy at", spread.BuyPrice, (double)buy.Asks[0].Price);
        Same(spread.Sell, "price to sell at", spread.SellPrice, (double)sell.Bids[0].Price);
        var reference = Reference(spread.Kind, spread.Buy, spread.Sell, buy, sell);
        Compare(spread.Buy, spread.Best, reference, 0);
        foreach (var execution in spread.ForNotionals.OfType<Execution>()) Executed(spread.Buy, execution, reference);
        Expect(spread, reference.Best(Options.MinPercent / 100, Options.MaxNotional), reference);
    }

    public void OnOpportunityOpened(Opportunity opportunity)
    {
        witness.Add($"opened {opportunity.Id} {opportunity.First}");
        open[(opportunity.Buy.ToString(), opportunity.Sell.ToString())] = true;
        if (Sound(opportunity.Buy, "an opportunity") is not { } buy || Sound(opportunity.Sell, "an opportunity") is not { } sell) return;
        Spreads++;
        Compare(opportunity.Buy, opportunity.First.Execution, Reference(opportunity.Kind, opportunity.Buy, opportunity.Sell, buy, sell), Options.MinPercent / 100);
    }

    public void OnOpportunityEnded(Opportunity opportunity)
    {
        witness.Add($"ended {opportunity.Id} {opportunity.End} {opportunity.Ended} {opportunity.Sightings} {opportunity.Best}");
        open[(opportunity.Buy.ToString(), opportunity.Sell.ToString())] = false;
    }

    public void OnFunding(FundingReport report)
    {
        witness.Add(report.ToString());
        if (marks[report.Instrument.ToString()] is var mark && (mark.Rate != report.Rate || mark.Mark != report.Mark)) witness.Violate($"{report.Instrument} reports the funding {report.Rate} at {report.Mark}, the venue said {mark}");
    }

    /// <summary>The market must be valid and young; its true book where it is known.</summary>
    private ReferenceBook? Sound(Core.Market.Instrument instrument, string what, bool mayBeOld = false)
    {
        var (market, book) = witness.SightOf(instrument);
        if (market.Book.State != BookState.Valid) witness.Violate($"{what} comes from {instrument}, which is {market.Book.State}");
        if (!mayBeOld && ageOf(market) is { } age && age > Options.MaxAge) witness.Violate($"{what} comes from {instrument}, which has not been the venue's for {age.TotalSeconds:0.00} s");
        return book;
    }

    private ReferenceExecution Reference(PairKind kind, Core.Market.Instrument buy, Core.Market.Instrument sell, ReferenceBook bought, ReferenceBook sold)
    {
        var legs = kind == PairKind.Spot ? 1 : 2;
        var funding = FundingOfLong(buy) - FundingOfLong(sell);
        return new ReferenceExecution(
            bought, sold, new ReferenceExecution.Costs(legs * FeeOf(buy), legs * FeeOf(sell), funding, buy.Venue != sell.Venue ? Options.TransferCost : 0), Options.Levels, Options.DepthShare);
    }

    private static double FeeOf(Core.Market.Instrument instrument) => Options.FeesBps[$"{instrument.Venue}_{(instrument.Symbol.IsPerpetual ? "perp" : "spot")}"] / 10_000;

    // The worlds lie between noon and the settlement at four: it is the only one within the eight hours of a holding.
    private double FundingOfLong(Core.Market.Instrument instrument) =>
        marks.TryGetValue(instrument.ToString(), out var mark) && mark.Rate is { } rate ? -rate * mark.Mark : 0;

    private void Compare(Core.Market.Instrument instrument, Execution? found, ReferenceExecution reference, double leastReturn)
    {
        var best = reference.Best(leastReturn, Options.MaxNotional);
        var net = best?.Net ?? 0;
        if (Math.Abs((found?.Net ?? 0) - net) > 1e-6 * Math.Max(1, Math.Abs(net)))
            witness.Violate($"{instrument}: the best that can be had is {found?.ToString() ?? "nothing"}, by the venues' books {best?.ToString() ?? "nothing"}");
        if (found is { } execution) Executed(instrument, execution, reference);
    }

    private void Executed(Core.Market.Instrument instrument, in Execution execution, ReferenceExecution reference)
    {
        Same(instrument, "mean price to buy at", execution.BuyPrice, reference.Bought(execution.Size) / execution.Size);
        Same(instrument, "mean price to sell at", execution.SellPrice, reference.Sold(execution.Size) / execution.Size);
        if (Math.Abs(execution.Net - reference.Net(execution.Size)) > 1e-6 * Math.Max(1, Math.Abs(execution.Net))) witness.Violate($"{instrument}: {execution} brings {execution.Net}, by the venues' books {reference.Net(execution.Size)}");
    }

    /// <summary>What pays must have been seen, and what does not must be over.</summary>
    private void Expect(CrossSpread spread, (double Size, double Net)? best, ReferenceExecution reference)
    {
        var isOpen = open.GetValueOrDefault((spread.Buy.ToString(), spread.Sell.ToString()));
        var notional = best is { } b ? reference.Bought(b.Size) : 0;
        // At the very limit the last bit decides.
        if (Math.Abs(notional - Options.MinNotional) < 1e-6 || (best is { Net: < 1e-6 } && notional > Options.MinNotional)) return;
        if (isOpen != notional > Options.MinNotional) witness.Violate($"{spread.Buy} > {spread.Sell}: an opportunity is {(isOpen ? "open" : "not seen")}, by the venues' books {best?.ToString() ?? "nothing"} can be had");
    }

    private void Same(Core.Market.Instrument instrument, string what, double found, double expected)
    {
        if (Math.Abs(found - expected) > 1e-9 * Math.Max(1, Math.Abs(expected))) witness.Violate($"{instrument}: the {what} is {found:R}, by the venue's book {expected:R}");
    }
}
