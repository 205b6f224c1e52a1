using Mts.Cli.Live.Simulation;

namespace Mts.UnitTests.Realtime;

public sealed class SimulationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Holds(int seed)
    {
        var scenario = Scenario.Of((ulong)seed);
        using var world = new SimulatedWorld(scenario);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = world.Run();
        output.WriteLine($"{scenario}\n{result} {clock.Elapsed}\n{string.Join(", ", result.Faults.Select(f => f.Key + " " + f.Value))}");
        foreach (var v in result.Violations) output.WriteLine(v);
        result.Violations.ShouldBeEmpty();
    }
}
