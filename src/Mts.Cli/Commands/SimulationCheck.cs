using System.Globalization;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Live.Simulation;
using Mts.Cli.Output;

namespace Mts.Cli.Commands;

/// <summary><c>mts simulate --check</c>: the whole real-time path in simulated worlds, each from one seed, held against the venues' own books.</summary>
internal static class SimulationCheck
{
    /// <param name="session">Where the result goes.</param>
    /// <param name="seed">The first world.</param>
    /// <param name="runs">How many worlds, each with the next seed; each is run twice.</param>
    /// <param name="cancellationToken">Ends it after the present world.</param>
    public static int Run(Session session, ulong seed, int runs, CancellationToken cancellationToken)
    {
        var results = new List<SimulationResult>(runs);
        var failures = new List<(ulong Seed, string What)>();
        for (var i = 0; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scenario = Scenario.Of(seed + (ulong)i);
            var (first, second) = (RunOnce(scenario), RunOnce(scenario));
            results.Add(first);
            failures.AddRange(first.Violations.Select(v => (scenario.Seed, v)));
            if (first.Digest != second.Digest) failures.Add((scenario.Seed, "two runs of the same seed differ"));
        }

        var faults = results.SelectMany(r => r.Faults).GroupBy(f => f.Key, f => (long)f.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Kind: g.Key, Fired: g.Sum())).ToList();
        session.Output.Document(w => Write(w, seed, results, failures, faults));
        session.Output.Line($"{Figures.Count(runs)} worlds, {Figures.Count(results.Sum(r => r.Inputs))} inputs, {Figures.Count(results.Sum(r => r.Compared))} of {Figures.Count(results.Sum(r => r.Published))} valid books, {Figures.Count(results.Sum(r => r.Spreads))} spreads and {Figures.Count(results.Sum(r => r.Signals + r.StrategySignals))} signals held against the venue's, {faults.Count} kinds of fault fired {Figures.Count(faults.Sum(f => f.Fired))} times");
        foreach (var (bad, what) in failures.Take(20)) session.Output.Line($"seed {bad.ToString(CultureInfo.InvariantCulture)}: {what}");
        session.Output.Line(failures.Count == 0 ? "no violation; every digest is equal on a second run" : $"{Figures.Count(failures.Count)} violations");
        return failures.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static SimulationResult RunOnce(Scenario scenario)
    {
        using var world = new SimulatedWorld(scenario);
        return world.Run();
    }

    private static void Write(Utf8JsonWriter w, ulong seed, List<SimulationResult> results, List<(ulong Seed, string What)> failures, List<(string Kind, long Fired)> faults)
    {
        w.WriteStartObject();
        w.WriteNumber("seed", seed);
        w.WriteNumber("runs", results.Count);
        w.WriteBoolean("passed", failures.Count == 0);
        w.WriteNumber("inputs", results.Sum(r => r.Inputs));
        w.WriteNumber("published", results.Sum(r => r.Published));
        w.WriteNumber("compared", results.Sum(r => r.Compared));
        w.WriteNumber("spreads", results.Sum(r => r.Spreads));
        w.WriteNumber("signals", results.Sum(r => r.Signals));
        w.WriteNumber("strategy_signals", results.Sum(r => r.StrategySignals));
        w.WriteNumber("gaps", results.Sum(r => r.Gaps));
        w.WriteNumber("dead_letters", results.Sum(r => r.DeadLetters));
        w.WriteNumber("rule_breaks", results.Sum(r => r.RuleBreaks));
        w.WriteStartObject("faults");
        foreach (var (kind, fired) in faults) w.WriteNumber(kind, fired);
        w.WriteEndObject();
        w.WriteStartArray("failures");
        foreach (var (bad, what) in failures)
        {
            w.WriteStartObject();
            w.WriteNumber("seed", bad);
            w.WriteString("violation", what);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("digests");
        foreach (var result in results) w.WriteStringValue(result.Digest);
        w.WriteEndArray();
        w.WriteEndObject();
    }
}
