using System.Diagnostics;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>A collection under way in a process of its own: who else may do what, and what is left when it is interrupted.</summary>
public sealed class WriterTests : IAsyncLifetime
{
    // Minutes come in pages of a thousand, each answered slowly.
    private const string Collection = "collect --start 2026-01-01 --end 2026-01-12 --symbols BTC --interval 1m";
    private const string EndlessCollection = "collect --start 2025-01-01 --end 2025-12-31 --symbols BTC --interval 1m";
    private const int Minutes = 12 * 1_440;

    private readonly Desk desk = new();
    private readonly SimulatorOptions options = new() { Limits = RateLimits.None, Faults = FaultPlan.Parse("slow:1", slowFor: TimeSpan.FromMilliseconds(400), retryAfter: null) };
    private SimulatorHost simulator = null!;

    public async ValueTask InitializeAsync()
    {
        simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;
        (await desk.RunAsync("collect --start 2026-01-01 --end 2026-02-10 --symbols BTC")).With(0);
    }

    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        desk.Dispose();
    }

    [Fact]
    public async Task Beside_a_writer_reading_and_backtesting_work_and_a_second_writer_is_told_who_writes()
    {
        using var writer = Start(EndlessCollection);
        await UntilServedAsync(simulator.Ledger.Requests + 6);

        var refused = await desk.RunProcessAsync("collect --days 3 --symbols ETH --json");
        refused.With(5).Error.ShouldContain($"{writer.Id}");
        refused.Error.ShouldContain("mts collect");
        refused.Document().GetProperty("error").GetProperty("kind").GetString().ShouldBe("busy");
        (await desk.RunProcessAsync("signals --symbols BTC --strategy BuyHold")).With(5);
        (await desk.RunProcessAsync("data status --json")).With(0).Document();
        (await desk.RunProcessAsync("data verify")).With(0);
        (await desk.RunProcessAsync("backtest --symbols BTC --strategy BuyHold --json")).With(0).Document().GetProperty("metrics").GetProperty("bars").GetInt32().ShouldBe(41);

        writer.HasExited.ShouldBeFalse("the writer was done before the others had tried");
        await MtsProcess.InterruptAsync(writer);
    }

    [Fact]
    public async Task An_interrupted_collection_ends_with_130_leaves_the_store_whole_and_goes_on_next_time()
    {
        using var writer = Start(Collection);
        var output = writer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilServedAsync(simulator.Ledger.Requests + 6);

        await MtsProcess.InterruptAsync(writer);

        writer.ExitCode.ShouldBe(130);
        (await error).ShouldContain("interrupted");
        (await output).ShouldBeEmpty();
        var kept = int.Parse(desk.Query("select count(*) from bars where interval = '1m'")[0], System.Globalization.CultureInfo.InvariantCulture);
        kept.ShouldBeInRange(1_000, Minutes - 1_000);
        desk.Query("pragma integrity_check").ShouldBe(["ok"]);
        (await desk.RunAsync("data verify")).With(0);

        var rest = await desk.JsonAsync(Collection);
        rest.GetProperty("collected")[0].GetProperty("inserted").GetInt32().ShouldBe(Minutes - kept);
        rest.GetProperty("collected")[0].GetProperty("unchanged").GetInt32().ShouldBe(0);
        desk.Query("select count(*) from bars where interval = '1m'").ShouldBe([$"{Minutes}"]);
        (await desk.RunAsync("data verify")).With(0);
    }

    private Process Start(string line)
    {
        var start = MtsProcess.StartInterruptible(desk.Folder, line.Split(' '));
        foreach (var (name, value) in desk.Variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task UntilServedAsync(int requests)
    {
        while (simulator.Ledger.Requests < requests) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
