using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Http;
using Mts.Cli;
using Mts.Core.Market;
using Mts.Engine;
using Mts.Engine.Reports;
using Mts.Engine.Sessions;
using Mts.Simulator;
using Mts.Simulator.Faults;
using Mts.Storage.Files.Journal;
using Mts.Strategies;

namespace Mts.IntegrationTests.Cli;

/// <summary>An hour of paper trading against a faulty venue, killed twice on the way.</summary>
public sealed class PaperProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-paper-");

    private string Journal => Path.Combine(folder.FullName, "data", "paper", "hour", "journal");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_hour_with_faults_and_two_kills_verifies_by_replay_and_is_the_backtest_of_its_bars()
    {
        var clock = new FastClock(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero), TimeProvider.System.GetUtcNow(), 90);
        var options = new SimulatorOptions { Seed = 7, Clock = clock, Limits = RateLimits.None, Faults = FaultPlan.Parse("429:0.03,5xx:0.03,reset:0.03,html200:0.03,truncate:0.03") };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);

        await RunAsync(clock, simulator, options, "12h", fillsBeforeKill: 2);
        await RunAsync(clock, simulator, options, "12h", fillsBeforeKill: 3);
        await RunAsync(clock, simulator, options, "55m", fillsBeforeKill: null);

        await VerifyAsync();
        await RefuseAnotherPlanAsync();
        await CompareWithBacktestAsync(simulator.BinanceSpot);
        await ChangedByte.IsNamedAsync(folder.FullName, "hour", times: 3);
    }

    // The child is killed without a word once it has shown some fills.
    private async Task RunAsync(FastClock clock, SimulatorHost simulator, SimulatorOptions options, string duration, int? fillsBeforeKill)
    {
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        // By the fast clock; a machine that is busy for a second must not pass for a silent venue or a hung strategy.
        variables["MTS__Http__TryTimeout"] = "00:05:00";
        variables["MTS__Http__TotalTimeout"] = "01:00:00";
        variables["MTS__Http__BreakerFailures"] = "100";
        string[] arguments =
        [
            "paper", "--session", "hour", "--strategy", "SmaCross", "--param", "fast=2", "slow=4", "--symbols", "BTC", "ETH",
            "--interval", "1m", "--feed", "poll", "--lateness", "3600", "--warm-up", "30", "--duration", duration, "--strategy-timeout", "12h",
            "--fees", "binance-spot", "--slippage", "spread", "--spread-bps", "2", "--impact", "sqrt", "--rules", "binance", "--volume-share", "0.5", "--limit-fill", "touch", "--capital", "50000", "--seed", "3",
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
        else fills.ShouldBeGreaterThanOrEqualTo(fillsBeforeKill.Value);
    }

    // Another process, and the machine's own clock.
    private async Task VerifyAsync()
    {
        var (exitCode, output, error) = await MtsProcess.RunAsync(folder.FullName, "replay", "--session", "hour", "--verify", "--json");
        exitCode.ShouldBe(0, error);
        using var verdict = JsonDocument.Parse(output);
        var root = verdict.RootElement;
        root.GetProperty("verified").GetBoolean().ShouldBeTrue();
        root.GetProperty("restarts").GetInt32().ShouldBe(2);
        root.GetProperty("unwritten").GetInt32().ShouldBe(0);
        root.GetProperty("outputs").GetProperty("equity").GetInt32().ShouldBeGreaterThanOrEqualTo(55);
        root.GetProperty("outputs").GetProperty("fill").GetInt32().ShouldBeGreaterThan(5);
        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "data", "paper", "hour", "result.json"), TestContext.Current.CancellationToken));
        var costs = result.RootElement.GetProperty("run").GetProperty("costs");
        costs.GetProperty("impact").GetString().ShouldBe("square_root", costs.GetRawText());
        result.RootElement.GetProperty("session").GetProperty("state").GetString().ShouldBe(root.GetProperty("state").GetString());
    }

    // A session goes on as it began, or not at all.
    private async Task RefuseAnotherPlanAsync()
    {
        var (exitCode, _, error) = await MtsProcess.RunAsync(folder.FullName, "paper", "--session", "hour", "--fee-bps", "3");
        exitCode.ShouldBe(2);
        error.ShouldContain("the session hour goes on as it began; leave --fee-bps out");
        (exitCode, _, error) = await MtsProcess.RunAsync(folder.FullName, "paper", "--session", "hour", "--strategy", "Macd");
        exitCode.ShouldBe(2);
        error.ShouldContain("the session hour goes on as it began; leave --strategy out");
        (exitCode, _, error) = await MtsProcess.RunAsync(folder.FullName, "paper", "--session", "hour", "--strategy", "SmaCross", "--param", "fast=2", "slow=4", "--symbols", "BTC", "ETH", "--lateness", "3600", "--warm-up", "30", "--capital", "7");
        exitCode.ShouldBe(2);
        error.ShouldContain("the session hour began otherwise: options.capital is 50000, not 7");
    }

    private async Task CompareWithBacktestAsync(Uri venue)
    {
        using var reader = new SessionJournalReader(Journal);
        var replay = SessionReplay.Run(reader.Read(), new StrategyCatalog());
        var (plan, result) = (replay.Plan, replay.Result());
        var binance = BinanceOptions.Read(Path.Combine(Checkout.Root, "config", "exchanges", "binance.json"));
        var http = new HttpOptions { Retries = 10, RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(10), BreakerFailures = 100 };
        using var source = new BinanceSource(binance with { Spot = binance.Spot with { BaseAddress = venue } }, http, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        var instruments = new List<InstrumentData>();
        foreach (var instrument in plan.Instruments)
        {
            var bars = new List<Bar>();
            var from = new Timestamp(plan.Start.Micros - (30 * Interval.Minute.Micros));
            await foreach (var page in source.Bars.FetchAsync(instrument.Key.Symbol, Interval.Minute, from, result.Run.End, TestContext.Current.CancellationToken)) bars.AddRange(page.Bars);
            instruments.Add(new InstrumentData(instrument.Asset, BarSeries.From(instrument.Key, instrument.HasVolume, bars)));
        }

        var inputs = new BacktestInputs { Instruments = instruments, Start = plan.Start, End = result.Run.End };
        var labels = new RunLabels { Version = plan.Version, Parameters = [.. plan.Strategies.Select(s => s.Parameters)] };
        var expected = Backtest.Run(inputs, [new StrategyCatalog().Create("SmaCross", plan.Strategies[0].Parameters)], null, null, plan.Options, labels, TestContext.Current.CancellationToken);
        Text(result).ShouldBe(Text(expected));

        static string Text(BacktestResult result) => System.Text.Encoding.UTF8.GetString(BacktestJson.Write(result with { Warnings = [] }));
    }
}
