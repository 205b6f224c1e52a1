using System.Text.Json;
using Mts.Cli;
using Mts.Cli.CommandLine;
using Mts.Core.Market;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;
using Mts.Simulator.Faults;
using Mts.Storage.Sqlite;

namespace Mts.IntegrationTests.Running;

/// <summary><c>mts run</c> against a simulated venue, both on one clock that runs faster.</summary>
public sealed class ServiceRunTests : IDisposable
{
    private const int Speed = 5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-run-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Books_signals_schedules_and_alerts_of_one_process()
    {
        var clock = new FastClock(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero), TimeProvider.System.GetUtcNow(), Speed);
        var options = new SimulatorOptions
        {
            Seed = 3, Clock = clock, Limits = RateLimits.None, Faults = FaultPlan.Parse("binance/ws-mute(btcusdt@depth)@20s+40s"),
            Live = new Mts.Simulator.Live.LiveOptions { Rate = 5, Symbols = ["BTCUSDT", "ETHUSDT"] },
        };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);

        using var report = await RunAsync(clock, simulator, options, "150s");

        var root = report.RootElement;
        root.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["outlets", "feeds", "health", "strategies", "schedule"], ignoreOrder: true);
        root.GetProperty("components").EnumerateArray().ShouldAllBe(c => c.GetProperty("failures").GetInt32() == 0);
        root.GetProperty("books").EnumerateArray().Count(b => b.GetProperty("state").GetString() == "VALID").ShouldBe(4);
        root.GetProperty("streams").EnumerateArray().ShouldAllBe(s => s.GetProperty("balanced").GetBoolean());
        var runs = root.GetProperty("schedule").GetProperty("runs").EnumerateArray().ToList();
        runs.Count(r => r.GetProperty("job").GetString() == "collect").ShouldBeGreaterThanOrEqualTo(3);
        runs.ShouldContain(r => r.GetProperty("job").GetString() == "retention");
        CheckSignals(root.GetProperty("strategies"));
        Alerts().ShouldContain(line => line.Contains("book-not-valid", StringComparison.Ordinal) && line.Contains("BTC/USDT", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "logs", "mts.log"), TestContext.Current.CancellationToken)).ShouldContain("health markets=4");
    }

    private async Task<JsonDocument> RunAsync(FastClock clock, SimulatorHost simulator, SimulatorOptions options, string duration)
    {
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        variables["MTS__Realtime__Venues"] = "binance";
        variables["MTS__Run__Interval"] = "1m";
        variables["MTS__Run__Strategies"] = "SmaCross";
        variables["MTS__Run__StrategyTimeout"] = "01:00:00";
        variables["MTS__Schedule__Collect"] = "1m";
        variables["MTS__Schedule__CollectMacro"] = "0s";
        variables["MTS__Alerts__Rules__book-not-valid__When__For"] = "200ms";
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = output, Error = error, Variables = variables, CurrentDirectory = folder.FullName, ProgramDirectory = AppContext.BaseDirectory, Clock = clock };
        (await CliProgram.RunAsync(host, ["run", "--duration", duration, "--json"], TestContext.Current.CancellationToken)).ShouldBe(0, error.ToString());
        return JsonDocument.Parse(output.ToString());
    }

    // What the report tells is what signal_history has.
    private void CheckSignals(JsonElement strategies)
    {
        strategies.GetProperty("signals").GetInt32().ShouldBeGreaterThan(0);
        using var store = SqliteStore.OpenReader(Path.Combine(folder.FullName, "data"), TimeProvider.System);
        var stored = store.ReadSignals(null, "SmaCross", Timestamp.MinValue, Timestamp.MaxValue);
        stored.Select(s => (s.Signal.Time.ToString(), s.Signal.Asset)).ShouldBe(
            strategies.GetProperty("last").EnumerateArray().Select(s => (s.GetProperty("time").GetString()!, s.GetProperty("asset").GetString()!)), ignoreOrder: true);
    }

    private IEnumerable<string> Alerts() => Directory.EnumerateFiles(Path.Combine(folder.FullName, "data", "alerts"), "*.jsonl").SelectMany(File.ReadLines);
}
