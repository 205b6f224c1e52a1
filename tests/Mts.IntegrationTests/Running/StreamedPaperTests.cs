using System.Text.Json;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Running;

/// <summary>Paper trading at the live book of the streams, killed on the way.</summary>
public sealed class StreamedPaperTests : IDisposable
{
    private const int Speed = 10;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-streamed-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_session_goes_on_and_verifies_by_replay()
    {
        var clock = new FastClock(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero), TimeProvider.System.GetUtcNow(), Speed);
        var live = new Mts.Simulator.Live.LiveOptions { Rate = 5, Symbols = ["BTCUSDT", "ETHUSDT"] };
        var options = new SimulatorOptions { Seed = 7, Clock = clock, Limits = RateLimits.None, Live = live };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);

        await RunAsync(clock, simulator, options, "2h", isKilled: true);
        await RunAsync(clock, simulator, options, "4m", isKilled: false);

        var (exitCode, output, error) = await MtsProcess.RunAsync(folder.FullName, "replay", "--session", "live", "--verify", "--json");
        exitCode.ShouldBe(0, error);
        using var verdict = JsonDocument.Parse(output);
        var root = verdict.RootElement;
        root.GetProperty("verified").GetBoolean().ShouldBeTrue();
        root.GetProperty("restarts").GetInt32().ShouldBe(1);
        root.GetProperty("unwritten").GetInt32().ShouldBe(0);
        root.GetProperty("outputs").GetProperty("equity").GetInt32().ShouldBeGreaterThanOrEqualTo(3, output);
        root.GetProperty("outputs").GetProperty("fill").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
    }

    // The child is killed without a word once it has shown a fill.
    private async Task RunAsync(FastClock clock, SimulatorHost simulator, SimulatorOptions options, string duration, bool isKilled)
    {
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        variables["MTS__Http__TryTimeout"] = "00:05:00";
        variables["MTS__Http__TotalTimeout"] = "00:30:00";
        string[] arguments =
        [
            "paper", "--session", "live", "--strategy", "SmaCross", "--param", "fast=1", "slow=2", "--symbols", "BTC", "ETH",
            "--interval", "1m", "--feed", "stream", "--fill", "book", "--warm-up", "10", "--duration", duration,
        ];
        using var child = PaperChild.Start(new PaperChild.Order(folder.FullName, clock.ToString(), variables, arguments));
        var fills = 0;
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.Contains(" buy ", StringComparison.Ordinal) && !line.Contains(" sell ", StringComparison.Ordinal)) continue;
            if (++fills == 1 && isKilled) child.Kill();
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (isKilled) fills.ShouldBeGreaterThan(0);
        else child.ExitCode.ShouldBe(0);
    }
}
