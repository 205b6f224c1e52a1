using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using SessionClock = Mts.Pipeline.Realtime.Shell.SessionClock;
using Mts.Pipeline.Spreads;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Cli.Live.Simulation;

/// <summary>Both venues, the network, the disk and our side, in one thread and on virtual time.</summary>
internal sealed partial class SimulatedWorld : IDisposable
{
    private const int BybitDepth = 50;
    // The slowest message: two seconds on a late connection, one and a half in pieces, and the way.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(4);
    // Question and answer, and what else there is to wait for at a start.
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(2);
    // Orders a second at which every market trades more than once in a second.
    private const double Lively = 12;
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);
    private static readonly Timestamp Start = Timestamp.Parse("2026-06-01T11:59:30Z");
    private static readonly Channel[] channels = Enum.GetValues<Channel>();

    private readonly Scenario scenario;
    private readonly Func<IVenueProtocol, IVenueProtocol> alter;
    private readonly SpreadOptions spreads;
    private readonly Func<IMarketTap, ISpreadListener, IMarketTap> analysed;
    private readonly FeedOptions options;
    private readonly SimulatedClock clock;
    private readonly SimulatedDisk disk = new(TimeSpan.FromMilliseconds(50));
    private readonly Witness witness;
    private readonly List<SimulatedNetwork> networks = [];
    private readonly List<AnalysisWitness> analyses = [];
    private readonly List<StrategyWitness> strategies = [];
    private readonly Movements movements;
    private OurSide ours = null!;
    private StrategyRunnerPlan plan = null!;
    private List<BarSeries> past = [];
    private Timestamp now = Start;
    private Timestamp booted = Start;
    private SessionClock time = null!;
    private Timestamp present;

    /// <param name="scenario">What happens.</param>
    /// <param name="alter">Changes what our side speaks, to see that a broken guard is noticed; the identity otherwise.</param>
    /// <param name="adjust">Changes how our side watches, to the same end.</param>
    /// <param name="spreads">What our side looks for in spreads, and at what cost; the witness goes on with what is right.</param>
    /// <param name="analysed">Stands between the feeds and the analysis.</param>
    public SimulatedWorld(
        Scenario scenario, Func<IVenueProtocol, IVenueProtocol>? alter = null, Func<FeedOptions, FeedOptions>? adjust = null, SpreadOptions? spreads = null,
        Func<IMarketTap, ISpreadListener, IMarketTap>? analysed = null)
    {
        (this.scenario, this.alter, this.spreads, this.analysed) = (scenario, alter ?? (static p => p), spreads ?? AnalysisWitness.Options, analysed ?? (static (t, _) => t));
        clock = new SimulatedClock(scenario, Start, () => now);
        options = adjust is null ? Options : adjust(Options);
        movements = new Movements(() => now);
        witness = new Witness(Truth) { HiddenErrors = HiddenErrors() };
        foreach (var venue in new[] { Venue.BinanceSpot, Venue.BinanceUsdm, Venue.BybitSpot, Venue.BybitLinear }) networks.Add(Join(venue));
        Boot();
    }

    public SimulationResult Run()
    {
        var stormy = Start + scenario.Length;
        var end = stormy + scenario.Calm;
        var look = Start;
        var crash = scenario.Crash is { } after ? Start + after : (Timestamp?)null;
        while (now < end)
        {
            var next = Soonest() is { } due && due < end ? due : end;
            now = next > now ? next : now;
            foreach (var network in networks) network.Advance(now);
            NoteClocks();
            RunTimers();
            if (now >= look) look = LookForOldBooks();
            if (now >= stormy + (scenario.Calm * 0.5)) witness.NoteValid(ours.Feeds);
            if (now >= stormy) networks.ForEach(n => n.Venue.IsCalm = true);
            if (crash is { } moment && now >= moment)
            {
                crash = null;
                CrashAndRestart();
            }
        }

        if (scenario.Calm > TimeSpan.Zero) witness.Recovered(ours.Feeds, stormy + (scenario.Calm * 0.5) + (present - now));
        witness.Balance(ours.Feeds);
        witness.Whole(ours.Feeds);
        if (scenario.Rate >= Lively) CheckTrades();
        strategies[^1].Whole(present - plan.Lateness - Sweep);
        foreach (var (market, bar) in witness.Bars) witness.Compare(market, bar, VenueBars.At(VenueOf(market), market.Symbol.Compact, bar.OpenTime, end));
        using var last = new Witness(static _ => null);
        CheckReplay(last);
        return new SimulationResult(
            scenario, witness.Digest, witness.Violations, disk.Appended, witness.Published, witness.Compared, witness.Gaps, witness.DeadLetters,
            networks.SelectMany(n => n.Venue.Ledger.Faults).Select(f => (Key: f.Key.ToString(), f.Value)).Concat(clock.IsSet ? [("ClockStep", 1)] : []).GroupBy(f => f.Key, f => f.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal),
            networks.Sum(n => n.Venue.Ledger.Violations), witness.Repairs)
        {
            Spreads = analyses.Sum(a => a.Spreads), Signals = analyses.Sum(a => a.Signals), Silences = witness.Silences, LongestWrong = witness.LongestWrong, StrategySignals = strategies.Sum(s => s.Checked), SignalKinds = [.. analyses.SelectMany(a => a.Kinds).Distinct().Order()],
        };
    }

    public void Dispose() => witness.Dispose();

    private SimulatedNetwork Join(Venue venue)
    {
        var number = networks.Count;
        var network = new SimulatedNetwork(scenario, unchecked((int)scenario.Seed) + number, request => VenuePaths.Of(venue, request, BybitDepth));
        var simulated = new SimulatorOptions
        {
            Seed = scenario.Seed, Faults = scenario.Plan,
            Live = new LiveOptions { Rate = scenario.Rate, Levels = 200, History = 4096, ConnectionLife = scenario.ConnectionLife },
        };
        network.Venue = new SimulatedVenue(venue, simulated, Start, network);
        network.Arrived = (kind, input, bytes, value, _) => Give(number, kind, input, bytes.Span, value);
        return network;
    }

    private void Boot()
    {
        booted = now;
        time = new SessionClock(clock);
        present = time.Now();
        (plan, past) = Warm();
        ours = Begin(networks, witness, isFirst: true);
        for (var i = 0; i < ours.Feeds.Count; i++) Give(i, FeedInputKind.Timer, 0, default, 0, isStart: true);
    }

    private static FeedOptions Options => new() { AuditEvery = TimeSpan.FromSeconds(10), ProbeEvery = TimeSpan.FromSeconds(10), Levels = 1000, Backoff = TimeSpan.FromMilliseconds(200), MaxBackoff = TimeSpan.FromSeconds(5) };

    // A venue that answers with an old book says of a mute stream that it is quiet, and may do so more than once.
    private TimeSpan OldAfter => TimeSpan.FromSeconds(scenario.Faults.Contains("snapshot-stale", StringComparison.Ordinal) ? 30 : 12) + Slowness;

    /// <summary>So much later is everything noticed while our time is slow because the clock was set back.</summary>
    private TimeSpan Slowness => scenario.ClockStep is { } step && step.By < TimeSpan.Zero ? -step.By : TimeSpan.Zero;

    private static IVenueProtocol[] Protocols() =>
    [
        new BinanceSpotStream(new BinanceStreamSettings()), new BinanceUsdmStream(new BinanceStreamSettings()),
        new BybitStream(MarketKind.Spot, new BybitStreamSettings { BookDepth = BybitDepth }), new BybitStream(MarketKind.Perpetual, new BybitStreamSettings { BookDepth = BybitDepth }),
    ];

    private List<Symbol> SymbolsOf(IVenueProtocol protocol) =>
        [.. scenario.Symbols.Select(Symbol.Parse).Select(s => protocol.Market == MarketKind.Perpetual ? s with { Settle = s.Quote } : s)];

    private Timestamp? Soonest()
    {
        Timestamp? soonest = null;
        foreach (var due in networks.Select(n => n.NextEvent).Concat(ours.Feeds.Select(f => f.NextTimer is { } timer ? now + (timer - present < ShortestTimer ? ShortestTimer : timer - present) : (Timestamp?)null)))
        {
            if (due is not null && (soonest is null || due < soonest)) soonest = due;
        }

        return soonest;
    }

    private void RunTimers()
    {
        ReadClock();
        for (var i = 0; i < ours.Feeds.Count; i++)
        {
            if (ours.Feeds[i].NextTimer is { } due && due <= present) Give(i, FeedInputKind.Timer, 0, default, 0);
        }
    }

    /// <summary>Our clock is not the venues'; where it was set, the feeds are told first.</summary>
    private void ReadClock()
    {
        present = time.Now();
        var step = time.TakeStep();
        if (step == TimeSpan.Zero) return;
        booted = now + (2 * Slowness);
        witness.OnClockSet(step);
        for (var i = 0; i < ours.Feeds.Count; i++) Take(new FeedInput(i, FeedInputKind.Timer, 0, present, step.Ticks / TimeSpan.TicksPerMicrosecond), default);
    }

    private void Give(int feed, FeedInputKind kind, int number, ReadOnlySpan<byte> bytes, long value, bool isStart = false)
    {
        if (!isStart) ReadClock();
        Take(new FeedInput(feed, isStart ? FeedInputKind.Started : kind, number, present, value), bytes);
    }

    private void Take(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        disk.Append(input, bytes);
        ours.Take(input, bytes);
    }

    private void CrashAndRestart()
    {
        foreach (var network in networks) network.Cut();
        disk.Crash();
        using var kept = new Witness(static _ => null);
        var side = CheckReplay(kept);
        resumed = PositionsOnDisk();
        witness.Restart(kept, side.Feeds.SelectMany(f => f.OpenGaps), resumed, areTimesRight: !scenario.Faults.Contains("clock-offset", StringComparison.Ordinal));
        disk.Restart();
        Boot();
    }

    private SimulatedNetwork NetworkOf(FollowedMarket market) => networks[(market.Venue == "binance" ? 0 : 2) + (market.Kind == MarketKind.Spot ? 0 : 1)];

    private SimulatedVenue VenueOf(FollowedMarket market) => NetworkOf(market).Venue;

    // Bybit's own numbers begin again at 1; its number across streams does not.
    private ReferenceBook? Truth(FollowedMarket market) => market.Venue == "binance"
        ? VenueOf(market).Book(market.Symbol.Compact, market.Book.LastId)
        : VenueOf(market).BookAfter(market.Symbol.Compact, market.Book.Sequence);

    /// <summary>What is VALID and has not moved for long must be what the venue has.</summary>
    /// <returns>When to look again.</returns>
    private Timestamp LookForOldBooks()
    {
        foreach (var market in ours.Markets.Where(m => m.Book.State == BookState.Valid && now - movements.Of(m) > OldAfter))
        {
            // What the venue has only just changed, in a market that was quiet until then, is still on its way.
            if (AgeOf(market) is { } age && age < UnderWay) continue;
            var (venue, symbol) = (VenueOf(market), market.Symbol.Compact);
            if (venue.UpdateIdOf(symbol) is { } newest && venue.BookAfter(symbol, newest) is { } present) witness.CompareOld(market, present, now - movements.Of(market));
        }

        return now + TimeSpan.FromSeconds(1);
    }

    // An error that no sequence shows is found by the next audit, if the venue answers.
    private TimeSpan? HiddenErrors() =>
        !scenario.Faults.Contains("ws-wrong-level", StringComparison.Ordinal) ? null
        : scenario.Faults.Contains("snapshot-", StringComparison.Ordinal) ? TimeSpan.MaxValue : 2 * Options.AuditEvery;
}
