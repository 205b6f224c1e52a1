using System.Collections.Concurrent;
using Mts.Cli.Live.Simulation;

namespace Mts.UnitTests.Realtime;

/// <summary>Worlds from seeds: every published book is held against the venue's own.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 24;

    /// <summary>Seeds at which something was wrong once.</summary>
    private static readonly ulong[] Regressions = [63, 732, 911, 914, 5033];

    [Fact]
    public void Holds_in_every_world_and_gives_the_same_digest_on_a_second_run()
    {
        var failures = new List<string>();
        var compared = 0L;
        foreach (var seed in Enumerable.Range(1, Seeds).Select(i => (ulong)i).Concat(Regressions))
        {
            var (first, second) = (Run(Scenario.Of(seed)), seed % 3 == 0 ? Run(Scenario.Of(seed)) : null);
            failures.AddRange(first.Violations.Select(v => $"seed {seed}: {v}"));
            if (second is not null && first.Digest != second.Digest) failures.Add($"seed {seed}: two runs differ");
            first.RuleBreaks.ShouldBe(0);
            compared += first.Compared;
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        compared.ShouldBeGreaterThan(50_000);
    }

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
