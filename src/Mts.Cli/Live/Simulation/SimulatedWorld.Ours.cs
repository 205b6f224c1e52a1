using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Engine;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Spreads;
using Mts.Strategies;

namespace Mts.Cli.Live.Simulation;

/// <content>Our side: how it begins, and how it is begun again from the disk.</content>
internal sealed partial class SimulatedWorld
{
    private const int PastBars = 6;
    private static readonly TimeSpan NotedEvery = TimeSpan.FromSeconds(1);

    private IReadOnlyList<StreamPosition> resumed = [];

    /// <summary>A new process. The same taps are put around one that is only replayed, without a truth to hold it against.</summary>
    private OurSide Begin(IReadOnlyList<IFeedShell> shells, Witness hearer, bool isFirst)
    {
        var signals = new AnalysisWitness(hearer, isFirst ? JudgedAgeOf : static _ => null);
        var rules = new StrategyWitness(hearer, plan.Instruments, plan.Start);
        if (isFirst)
        {
            analyses.Add(signals);
            strategies.Add(rules);
        }

        for (var i = 0; i < past.Count; i++)
        {
            for (var n = 0; n < past[i].Length; n++) rules.Past(i, past[i][n]);
        }

        var analysis = new MarketAnalysis(spreads, signals, signals);
        var runner = new StrategyRunner(plan, new StrategyCatalog(), rules);
        runner.WarmUp(past);
        var tap = new MarketTaps(hearer, signals, analysed(analysis, signals), rules, new BarsOf(runner), isFirst ? movements : new Movements(static () => default));
        return new OurSide([.. Protocols().Select((p, i) => new VenueFeed(alter(p), SymbolsOf(p), channels, options, shells[i], tap, new Random(unchecked((int)scenario.Seed)), resumed: resumed))], analysis, runner);
    }

    /// <summary>The strategies run on the first market of each venue, warmed up by what the venue has of the minutes before.</summary>
    private (StrategyRunnerPlan Plan, List<BarSeries> Past) Warm()
    {
        var instruments = new List<RunInstrument>();
        var bars = new List<BarSeries>();
        foreach (var (protocol, i) in Protocols().Select((p, i) => (p, i)))
        {
            var symbol = SymbolsOf(protocol)[0];
            var key = new SeriesKey(protocol.Venue, symbol, Interval.Minute);
            instruments.Add(new RunInstrument(key.ToString(), key, HasVolume: true));
            var last = Interval.Minute.Floor(now);
            var known = Enumerable.Range(1, PastBars).Reverse().Select(n => VenueBars.At(networks[i].Venue, symbol.Compact, last - (Interval.Minute.Length * n), now)).OfType<Bar>().ToList();
            bars.Add(BarSeries.From(key, hasVolume: true, known));
        }

        var begun = new StrategyRunnerPlan { Version = "simulated", Instruments = instruments, Strategies = StrategyWitness.Strategies, Start = Interval.Minute.Floor(present) };
        return (begun, bars);
    }

    private void CheckTrades()
    {
        foreach (var feed in ours.Feeds)
        {
            // Where ids do not show what is missing, the next audit does.
            var patience = TimeSpan.FromSeconds(12) + (feed.Venue == "binance" ? TimeSpan.Zero : 1.5 * options.AuditEvery) + Slowness;
            foreach (var market in feed.Markets) witness.Traded(feed, market, VenueTrades.Newest(VenueOf(market), market.Symbol.Compact, now), present, patience);
        }
    }

    private TimeSpan? JudgedAgeOf(FollowedMarket market) => now < NetworkOf(market).Misled ? null : AgeOf(market);

    /// <summary>
    /// While a venue's clock is wrong, nobody can tell a late message from a prompt one; after a start or a step of ours that found it wrong, not before it was asked again.
    /// </summary>
    private void NoteClocks()
    {
        foreach (var network in networks)
        {
            var right = network.Venue.ClockWrongUntil;
            if (right <= now) continue;
            right = right + UnderWay + (now < booted + FirstProbe ? options.ProbeEvery : TimeSpan.Zero);
            if (right > network.Misled) network.Misled = right;
        }
    }

    /// <summary>For how long a book has not been the venue's present one any more; null while it is.</summary>
    private TimeSpan? AgeOf(FollowedMarket market)
    {
        var change = market.Venue == "binance" ? market.Book.LastId : market.Book.Sequence;
        return VenueOf(market).SupersededAt(market.Symbol.Compact, change) is { } superseded ? now - superseded : null;
    }

    /// <summary>What is on the disk, played again, must give what it gave.</summary>
    /// <param name="first">Hears it.</param>
    /// <returns>Our side as the disk has it.</returns>
    private OurSide CheckReplay(Witness first)
    {
        using var second = new Witness(static _ => null);
        OurSide? replayed = null;
        foreach (var again in new[] { second, first })
        {
            replayed = Replayed(again, disk.Records);
            if (scenario.Crash is null && StateOf(replayed) != StateOf(ours)) witness.Violate("the journal played again gives other books");
        }

        if (first.Digest != second.Digest) witness.Violate("the journal played twice gives two digests");
        if (scenario.Crash is null && first.Digest != witness.Digest) witness.Violate("the journal played again says something else than was said live");
        return replayed!;
    }

    private OurSide Replayed(Witness hearer, IEnumerable<(FeedInput Input, byte[] Bytes)> records)
    {
        var side = Begin([.. networks.Select(_ => SilentShell.Instance)], hearer, isFirst: false);
        foreach (var (input, bytes) in records) side.Take(input, bytes);
        return side;
    }

    /// <summary>How far the streams have been followed: as it was noted a second before the end, and as the journal tells of what came then.</summary>
    private IReadOnlyList<StreamPosition> PositionsOnDisk()
    {
        if (disk.Records.Count == 0) return resumed;
        var end = disk.Records[^1].Input.Time;
        var until = disk.Records.TakeWhile(r => r.Input.Time < end - NotedEvery).Count();
        using var unheard = new Witness(static _ => null);
        List<StreamPosition> noted = [.. Replayed(unheard, disk.Records.Take(until)).Feeds.SelectMany(f => f.Positions)];
        var tail = new PositionTail(
            [.. Protocols().Select(p => new VenueFeed(alter(p), SymbolsOf(p), [], options with { AuditEvery = TimeSpan.Zero }, SilentShell.Instance, new MarketTaps([]), new Random(0), isOpen: true, noted))], noted);
        foreach (var (input, bytes) in disk.Records.Skip(until)) tail.Take(input, bytes);
        return tail.Positions();
    }

    private static string StateOf(OurSide side) => string.Join(';', side.Markets.Select(m =>
        $"{m.Venue} {m.SymbolText} {m.Book.State} {m.Book.Id} {BookHash.Of(m.Book.Book)} {string.Join(',', channels.Select(c => m.Account(c).Received))}"));

    /// <summary>When, by the true time, a book last changed.</summary>
    private sealed class Movements(Func<Timestamp> now) : QuietTap
    {
        private readonly Dictionary<FollowedMarket, Timestamp> moved = [];

        public override void OnBook(FollowedMarket market, Timestamp received) => moved[market] = now();

        public Timestamp Of(FollowedMarket market) => moved[market];
    }

    /// <summary>Gives the strategies the closed bars.</summary>
    private sealed class BarsOf(StrategyRunner runner) : QuietTap
    {
        public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received) => runner.OnBar(market, bar, isLate, received);
    }
}
