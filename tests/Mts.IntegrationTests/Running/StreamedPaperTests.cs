using System.Text.Json;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Running;

/// <summary>Paper trading at the live book of the streams, on a faulty venue and killed twice on the way; <c>MTS_PAPER_MINUTES</c> says how long, 60 for the whole hour.</summary>
public sealed class StreamedPaperTests(ITestOutputHelper output) : IDisposable
{
    private const int Speed = 10;

    // Of thousands of messages a minute: what is lost, doubled, cut, mute, refused.
    private const string Faults =
        "ws-drop:0.001,ws-duplicate:0.01,ws-trade-gap:0.005,ws-garbage-types:0.001,ws-end:0.0002,ws-cut:0.0001,ws-mute:0.0001,ws-refuse:0.1,ws-ack-error:0.05,snapshot-5xx:0.1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-streamed-");

    private static int Minutes => int.TryParse(Environment.GetEnvironmentVariable("MTS_PAPER_MINUTES"), out var minutes) ? minutes : 4;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_session_with_faults_and_two_kills_verifies_by_replay_on_one_thread_and_by_another_clock()
    {
        var clock = new FastClock(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero), TimeProvider.System.GetUtcNow(), Speed);
        var live = new Mts.Simulator.Live.LiveOptions { Rate = 5, Symbols = ["BTCUSDT", "ETHUSDT"] };
        var options = new SimulatorOptions { Seed = 7, Clock = clock, Limits = RateLimits.None, Live = live, Faults = FaultPlan.Parse(Faults) };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        var begin = clock.GetUtcNow();
        var fillsBeforeKill = Minutes < 60 ? 1 : 4;

        await RunAsync(clock, simulator, options, "2h", fillsBeforeKill);
        await RunAsync(clock, simulator, options, "2h", fillsBeforeKill);
        var left = Math.Max(3, Minutes - (int)(clock.GetUtcNow() - begin).TotalMinutes);
        await RunAsync(clock, simulator, options, $"{left}m", fillsBeforeKill: null);
        output.WriteLine($"{(clock.GetUtcNow() - begin).TotalMinutes:0} minutes, faults: {string.Join(", ", simulator.LiveEntries.Where(e => e.Fault is not null).CountBy(e => e.Fault!.Value).OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Value}"))}");

        var verdict = await VerifyAsync([]);
        output.WriteLine(verdict);
        (await VerifyAsync([("DOTNET_PROCESSOR_COUNT", "1"), ("TZ", "Pacific/Chatham"), ("LANG", "de_CH.UTF-8")])).ShouldBe(verdict);
        await ChangedByte.IsNamedAsync(folder.FullName, "live", times: Minutes < 60 ? 1 : 5);
    }

    private async Task<string> VerifyAsync((string Name, string Value)[] machine)
    {
        var start = MtsProcess.Start(folder.FullName, "replay", "--session", "live", "--verify", "--json");
        foreach (var (name, value) in machine) start.Environment[name] = value;
        var (exitCode, text, error) = await MtsProcess.RunAsync(start);
        exitCode.ShouldBe(0, error);
        using var verdict = JsonDocument.Parse(text);
        var root = verdict.RootElement;
        root.GetProperty("verified").GetBoolean().ShouldBeTrue();
        root.GetProperty("restarts").GetInt32().ShouldBe(2);
        root.GetProperty("unwritten").GetInt32().ShouldBe(0);
        root.GetProperty("outputs").GetProperty("equity").GetInt32().ShouldBeGreaterThanOrEqualTo(Minutes < 60 ? 3 : 50, text);
        root.GetProperty("outputs").GetProperty("fill").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
        return text;
    }

    // The child is killed without a word once it has shown some fills.
    private async Task RunAsync(FastClock clock, SimulatorHost simulator, SimulatorOptions options, string duration, int? fillsBeforeKill)
    {
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        // By the fast clock; a machine that is busy for a second must not pass for a silent venue or a hung strategy.
        variables["MTS__Http__TryTimeout"] = "00:05:00";
        variables["MTS__Http__TotalTimeout"] = "01:00:00";
        string[] arguments =
        [
            "paper", "--session", "live", "--strategy", "SmaCross", "--param", "fast=1", "slow=2", "--symbols", "BTC", "ETH",
            "--interval", "1m", "--feed", "stream", "--fill", "book", "--warm-up", "10", "--duration", duration, "--strategy-timeout", "12h",
        ];
        using var child = PaperChild.Start(new PaperChild.Order(folder.FullName, clock.ToString(), variables, arguments));
        var fills = 0;
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.Contains(" buy ", StringComparison.Ordinal) && !line.Contains(" sell ", StringComparison.Ordinal)) continue;
            if (++fills == fillsBeforeKill) child.Kill();
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (fillsBeforeKill is null) child.ExitCode.ShouldBe(0);
        else fills.ShouldBeGreaterThan(0);
    }
}
