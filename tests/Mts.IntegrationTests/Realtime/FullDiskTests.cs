using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Storage.Files.Journal;

namespace Mts.IntegrationTests.Realtime;

/// <summary>Live sessions where no file may grow beyond a limit, which is to a program what a full disk is.</summary>
public sealed class FullDiskTests
{
    private static readonly string[] journalOnly = ["stream", "--venues", "binance", "--symbols", "BTC", "--no-store", "--json"];

    [Fact]
    public async Task The_feeds_go_on_and_all_that_was_held_is_written_when_there_is_room()
    {
        await using var life = await Life.BeginAsync(400_000, [.. journalOnly, "--duration", "60s"]);
        await life.UntilAsync("the journal cannot be written; inputs after");
        await life.MakeRoomAsync();
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
        await using var life = await Life.BeginAsync(400_000, [.. journalOnly, "--duration", "8s"]);
        var result = await life.EndAsync();
        life.Process.ExitCode.ShouldBe(1);
        var (journalled, durable) = (result.GetProperty("journalled").GetInt64(), result.GetProperty("durable").GetInt64());
        durable.ShouldBeInRange(1, journalled - 1);
        life.Told.ShouldContain($"error: the disk of the journal took nothing until the end: {journalled - durable} inputs that were held in memory are not in it.");
        result.GetProperty("streams").EnumerateArray().ShouldAllBe(s => s.GetProperty("balanced").GetBoolean());
        (await life.ReplayedAsync()).ShouldBeInRange(durable, journalled - 1);
    }

    [Fact]
    public async Task Files_are_written_again_when_there_is_room_and_have_whole_lines_alone()
    {
        await using var life = await Life.BeginAsync(
            100_000, ["stream", "--venues", "binance", "--symbols", "BTC", "--json", "--duration", "120s"],
            ("MTS__Realtime__Journal__Enabled", "false"), ("MTS__Realtime__Recording__Sqlite", "false"), ("MTS__Realtime__Recording__Levels", "300"));
        await life.UntilAsync("files cannot be written, the feeds go on");
        await life.MakeRoomAsync();
        await life.UntilAsync("files is written again");
        await MtsProcess.InterruptAsync(life.Process);
        (await life.EndAsync()).GetProperty("recorded").GetProperty("not_written").GetInt64().ShouldBe(0);
        life.Process.ExitCode.ShouldBe(130);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(life.Folder, "realtime", "orderbooks")))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text.ShouldEndWith("\n");
            text.TrimEnd('\n').Split('\n').Select(l => l.Count(c => c == ',')).Distinct().ShouldHaveSingleItem(file);
        }
    }

    [Fact]
    public async Task A_paper_session_ends_with_the_remedy_and_goes_on_from_its_last_whole_record()
    {
        await using var life = await Life.BeginAsync(
            12_000, ["paper", "--session", "full", "--strategy", "SmaCross", "--param", "fast=1", "slow=2", "--symbols", "BTC", "--interval", "1s", "--duration", "120s"]);
        await life.UntilAsync("Make room and take the session up again.");
        await life.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        life.Process.ExitCode.ShouldBe(1);
        var (exit, text, error) = await MtsProcess.RunAsync(life.Folder, "--data-dir", life.Folder, "replay", "--session", "full", "--verify", "--json");
        exit.ShouldBe(0, error);
        using var verdict = JsonDocument.Parse(text);
        verdict.RootElement.GetProperty("verified").GetBoolean().ShouldBeTrue();
    }

    /// <summary>One run of the program against a simulator, with what it tells.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-full-");
        private readonly SimulatorHost simulator;
        private readonly Task<string> output;

        private Life(SimulatorHost simulator, SimulatorOptions options, long limit, string[] arguments, (string Name, string Value)[] settings)
        {
            this.simulator = simulator;
            var start = MtsProcess.StartInterruptible(folder.FullName, [.. arguments, "--data-dir", folder.FullName]);
            // Who ignores the signal is told by the write itself; the runtime's own memory files would be too large as well.
            foreach (var (at, argument) in new[] { "--ignore-signal=XFSZ", "prlimit", string.Create(CultureInfo.InvariantCulture, $"--fsize={limit}:unlimited") }.Index()) start.ArgumentList.Insert(1 + at, argument);
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            foreach (var (name, value) in SimulatedServices.Variables(simulator, options).Concat(settings)) start.Environment[name] = value;
            Process = Process.Start(start)!;
            Process.StandardInput.Close();
            output = Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        public string Folder => folder.FullName;

        public Process Process { get; }

        public List<string> Told { get; } = [];

        public static async Task<Life> BeginAsync(long limit, string[] arguments, params (string Name, string Value)[] settings)
        {
            var options = new SimulatorOptions { Limits = RateLimits.None, Live = new LiveOptions { Rate = 300, Symbols = ["BTCUSDT"] } };
            return new Life(await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken), options, limit, arguments, settings);
        }

        public async Task MakeRoomAsync()
        {
            using var prlimit = Process.Start("prlimit", ["--pid", $"{Process.Id}", "--fsize=unlimited"]);
            await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
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
