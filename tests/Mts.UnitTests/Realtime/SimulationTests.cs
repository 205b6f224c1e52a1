using System.Collections.Concurrent;
using Mts.Cli.Live.Simulation;
using Mts.Core.Signals;

namespace Mts.UnitTests.Realtime;

/// <summary>
/// Worlds from seeds: every published book is held against the venue's own. What a world brought to light has a test of its own beside the part that was
/// wrong, for a seed brings something else as soon as the simulated market changes.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    /// <summary>Seeds at which something was wrong since the simulated market last changed; they go when it changes again.</summary>
    private static readonly ulong[] Regressions = [289, 344, 361, 414, 562, 573, 710, 862];

    [Fact]
    public void Holds_in_every_world_and_gives_the_same_digest_on_a_second_run()
    {
        var failures = new List<string>();
        var (compared, spreads, signals, rules) = (0L, 0L, 0L, 0L);
        foreach (var seed in Enumerable.Range(1, Seeds).Select(i => (ulong)i).Concat(Regressions))
        {
            var (first, second) = (Run(Scenario.Of(seed)), seed % 10 == 0 ? Run(Scenario.Of(seed)) : null);
            failures.AddRange(first.Violations.Select(v => $"seed {seed}: {v}"));
            if (second is not null && first.Digest != second.Digest) failures.Add($"seed {seed}: two runs differ");
            first.RuleBreaks.ShouldBe(0);
            compared += first.Compared;
            (spreads, signals, rules) = (spreads + first.Spreads, signals + first.Signals, rules + first.StrategySignals);
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        output.WriteLine($"{compared} books, {spreads} spreads, {signals} signals, {rules} signals of strategies");
        compared.ShouldBeGreaterThan(500_000);
        spreads.ShouldBeGreaterThan(50_000);
        signals.ShouldBeGreaterThan(10_000);
        rules.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Holds_every_kind_of_signal_against_the_venues_books_and_bars()
    {
        var scenario = Scenario.OfFault("ws-cut", 3) with { Faults = "ws-cut:0.0003,ws-drop:0.001,ws-delay:0.001" };
        var result = Run(scenario.Lasting());
        result.Violations.ShouldBeEmpty();
        result.SignalKinds.ShouldBe(Enum.GetValues<RealtimeSignalKind>());
        result.StrategySignals.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mute_trade_stream_is_known_within_five_seconds_and_nothing_of_it_is_lost(ulong seed)
    {
        var scenario = MuteTrades(seed);
        var result = Run(scenario);
        result.Violations.ShouldBeEmpty();
        foreach (var (market, time) in result.Silences) output.WriteLine($"{market}: {time.TotalSeconds:0.00} s");
        // Both venues, spot and perpetual.
        result.Silences.Select(s => s.Market).Distinct().Count().ShouldBe(4);
        result.Silences.ShouldAllBe(s => s.Time <= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_mute_trade_stream_that_nobody_asks_about_is_noticed_by_the_witness()
    {
        using var world = new SimulatedWorld(MuteTrades(1), adjust: o => o with { Silence = TimeSpan.FromMinutes(5), AuditEvery = TimeSpan.Zero });
        world.Run().Violations.ShouldContain(v => v.Contains("nothing tells of it"));
    }

    private static Scenario MuteTrades(ulong seed) =>
        Scenario.OfFault("ws-duplicate", seed) with { Faults = "ws-mute(trade)@20s+100s", Length = TimeSpan.FromSeconds(60), Rate = 20 };

    [Fact]
    public void Holds_under_each_kind_of_fault_and_every_kind_is_fired()
    {
        var failures = new List<string>();
        var fired = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (fault, number) in Scenario.FaultNames.Select((f, i) => (f, i)))
        {
            var result = Run(Scenario.OfFault(fault, (ulong)(100 + number)));
            failures.AddRange(result.Violations.Select(v => $"{fault}: {v}"));
            if (result.Faults.Count == 0) failures.Add($"{fault} was not fired");
            if (result.Compared < 100) failures.Add($"{fault}: only {result.Compared} books were compared");
            foreach (var (kind, times) in result.Faults) fired.AddOrUpdate(kind, times, (_, t) => t + times);
        }

        output.WriteLine(string.Join(", ", fired.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Value}")));
        failures.ShouldBeEmpty(string.Join('\n', failures));
        fired.Count.ShouldBe(Scenario.FaultNames.Count);
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("usdm")]
    [InlineData("bybit")]
    public void A_wrong_level_that_no_sequence_shows_is_known_by_the_next_audit(string venue)
    {
        var longest = new List<TimeSpan>();
        foreach (var seed in new ulong[] { 1, 4, 6 })
        {
            var result = Run(Scenario.OfFault("ws-wrong-level", seed) with { Faults = $"{venue}/ws-wrong-level:0.3", Rate = 4 });
            result.Violations.ShouldBeEmpty();
            longest.Add(result.LongestWrong);
        }

        // Audits are ten seconds apart, half as much more or less.
        output.WriteLine(string.Join(", ", longest.Select(t => $"{t.TotalSeconds:0.0} s")));
        longest.ShouldAllBe(t => t > TimeSpan.FromSeconds(1) && t < TimeSpan.FromSeconds(18));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    [InlineData(-7)]
    public void Holds_where_our_clock_is_set(double seconds)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var scenario = Scenario.OfFault("ws-late", seed) with { Length = TimeSpan.FromSeconds(50), Calm = TimeSpan.FromSeconds(45), ClockStep = (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(seconds)) };
            var (result, again) = (Run(scenario), Run(scenario));
            result.Violations.ShouldBeEmpty();
            result.Faults["ClockStep"].ShouldBe(1);
            again.Digest.ShouldBe(result.Digest);
        }
    }

    [Fact]
    public void Is_good_again_after_the_faults_and_gives_what_was_missed()
    {
        var scenario = Scenario.OfFault("ws-cut", 9) with { Faults = "ws-cut:0.001,ws-trade-gap:0.05,ws-mute:0.002,ws-half-open:0.001", Calm = TimeSpan.FromSeconds(45) };
        var result = Run(scenario);
        result.Violations.ShouldBeEmpty();
        result.Faults.Count.ShouldBeGreaterThan(2);
        result.Gaps.ShouldBePositive();
    }

    private static SimulationResult Run(Scenario scenario)
    {
        using var world = new SimulatedWorld(scenario);
        return world.Run();
    }
}
