using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Storage.Files.Journal;

namespace Mts.IntegrationTests.Realtime;

/// <summary><c>mts stream</c> where no file may grow beyond a limit, which is to a program what a full disk is.</summary>
public sealed class FullDiskTests
{
    private const long Limit = 400_000;

    [Fact]
    public async Task The_feeds_go_on_and_all_that_was_held_is_written_when_there_is_room()
    {
        await using var life = await Life.BeginAsync("60s");
        await life.UntilAsync("the journal cannot be written; inputs after");
        await Process.Start("prlimit", ["--pid", $"{life.Process.Id}", "--fsize=unlimited"]).WaitForExitAsync(TestContext.Current.CancellationToken);
        await life.UntilAsync("the journal is written again; 0 inputs of this session are not in it.");
        await MtsProcess.InterruptAsync(life.Process);
        var result = await life.EndAsync();
        life.Process.ExitCode.ShouldBe(130);
        var journalled = result.GetProperty("journalled").GetInt64();
        result.GetProperty("durable").GetInt64().ShouldBe(journalled);
        result.GetProperty("gaps").GetProperty("open").GetArrayLength().ShouldBe(0);
        (await life.ReplayedAsync()).ShouldBe(journalled);
    }

    [Fact]
    public async Task What_is_lost_at_the_end_is_told_with_the_accounts()
    {
        await using var life = await Life.BeginAsync("8s");
        var result = await life.EndAsync();
        life.Process.ExitCode.ShouldBe(1);
        var (journalled, durable) = (result.GetProperty("journalled").GetInt64(), result.GetProperty("durable").GetInt64());
        durable.ShouldBeInRange(1, journalled - 1);
        life.Told.ShouldContain($"error: the disk of the journal took nothing until the end: {journalled - durable} inputs that were held in memory are not in it.");
        result.GetProperty("streams").EnumerateArray().ShouldAllBe(s => s.GetProperty("balanced").GetBoolean());
        (await life.ReplayedAsync()).ShouldBeInRange(durable, journalled - 1);
    }

    /// <summary>One run of the program against a simulator, with what it tells.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-full-");
        private readonly SimulatorHost simulator;
        private readonly Task<string> output;

        private Life(SimulatorHost simulator, SimulatorOptions options, string duration)
        {
            this.simulator = simulator;
            var start = MtsProcess.StartInterruptible(
                folder.FullName, "stream", "--venues", "binance", "--symbols", "BTC", "--no-store", "--json", "--duration", duration, "--data-dir", folder.FullName);
            // Who ignores the signal is told by the write itself; the runtime's own memory files would be too large as well.
            foreach (var (at, argument) in new[] { "--ignore-signal=XFSZ", "prlimit", string.Create(CultureInfo.InvariantCulture, $"--fsize={Limit}:unlimited") }.Index()) start.ArgumentList.Insert(1 + at, argument);
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) start.Environment[name] = value;
            Process = Process.Start(start)!;
            Process.StandardInput.Close();
            output = Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        public Process Process { get; }

        public List<string> Told { get; } = [];

        public static async Task<Life> BeginAsync(string duration)
        {
            var options = new SimulatorOptions { Limits = RateLimits.None, Live = new LiveOptions { Rate = 300, Symbols = ["BTCUSDT"] } };
            return new Life(await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken), options, duration);
        }

        /// <summary>Until it has told so.</summary>
        public async Task UntilAsync(string what)
        {
            while (await Process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                Told.Add(line);
                if (line.Contains(what, StringComparison.Ordinal)) return;
            }

            Assert.Fail($"it ended without a word of '{what}': {string.Join('\n', Told)}");
        }

        public async Task<JsonElement> EndAsync()
        {
            while (await Process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) Told.Add(line);
            await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            using var document = JsonDocument.Parse(await output);
            return document.RootElement.Clone();
        }

        /// <returns>Inputs in the journal.</returns>
        public async Task<long> ReplayedAsync()
        {
            var (exit, text, error) = await MtsProcess.RunAsync(folder.FullName, "replay", FeedJournal.FolderOf(folder.FullName), "--json");
            exit.ShouldBe(0, error);
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetProperty("inputs").GetInt64();
        }

        public async ValueTask DisposeAsync()
        {
            if (!Process.HasExited) Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
            Process.Dispose();
            await simulator.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
