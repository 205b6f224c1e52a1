using System.Diagnostics;
using System.Text.Json;
using Mts.Storage.Sqlite;

namespace Mts.IntegrationTests.Cli;

public sealed class MtsProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-process-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("", 0, "Usage:", "")]
    [InlineData("version", 0, "mts ", "")]
    [InlineData("--version", 0, "mts ", "")]
    [InlineData("symbols", 0, "bitcoin ", "")]
    [InlineData("config validate", 0, "all valid", "")]
    [InlineData("nonsense", 2, "", "error: unknown command 'nonsense'")]
    [InlineData("backtest --symbols BTC --strategy SmaCross --bogus", 2, "", "error: unknown option '--bogus'")]
    [InlineData("--collect --days 400", 2, "", "cannot exceed 365")]
    [InlineData("--server --port 8080", 1, "", "later version")]
    public async Task Ends_with_the_promised_code_and_words(string line, int exitCode, string output, string error)
    {
        var result = await MtsProcess.RunAsync(folder.FullName, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Out.ShouldContain(output);
        result.Error.ShouldContain(error);
        if (exitCode != 0) result.Out.ShouldBeEmpty();
        result.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task The_demo_runs_twice_offline()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            var (exitCode, output, error) = await MtsProcess.RunAsync(folder.FullName, "demo");

            exitCode.ShouldBe(0, error);
            foreach (var shown in new[] { "$ mts collect", "$ mts data verify", "everything is as it was written", "$ mts signals", "LONG", "$ mts backtest", "buy and hold" }) output.ShouldContain(shown);
        }

        (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "data", "demo", "report.html"), TestContext.Current.CancellationToken)).ShouldContain("</html>");
        File.Exists(Path.Combine(folder.FullName, "data", "crypto_data.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_strategy_of_ones_own_prints_what_the_run_itself_prints_and_never_into_the_document()
    {
        var day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, 400).Select(i => FormattableString.Invariant($"{day.AddDays(i):yyyy-MM-dd},100,{103 + (i % 5)},99,{100 + (i % 3)},5"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "bars.csv"), $"time,open,high,low,close,volume\n{string.Join('\n', rows)}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Loud.cs"), Loud, TestContext.Current.CancellationToken);
        string[] command = ["backtest", "--strategy-path", "Loud.cs", "--strategy", "Loud", "--data", "bars.csv", "--as-of", "2025-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--monte-carlo", "100"];

        var (exitCode, output, error) = await MtsProcess.RunAsync(folder.FullName, [.. command, "--json"]);
        exitCode.ShouldBe(0, error);
        JsonDocument.Parse(output).RootElement.GetProperty("guards").GetProperty("instants").GetInt32().ShouldBeGreaterThan(100);
        Count(error, "started").ShouldBe(1);
        Count(error, "to output at bar").ShouldBe(400);
        Count(error, "to error at bar").ShouldBe(400);

        (exitCode, output, error) = await MtsProcess.RunAsync(folder.FullName, command);
        exitCode.ShouldBe(0, error);
        (Count(output, "to output at bar"), Count(error, "to error at bar"), Count(error, "to output at bar")).ShouldBe((400, 400, 0));

        static int Count(string text, string what) => text.Split(what).Length - 1;
    }

    private const string Loud = """
        using System;
        using System.Collections.Generic;
        using Mts.Core.Ports;

        public sealed class Loud : IUserStrategy
        {
            private int bars;

            public static StrategyDescriptor Descriptor { get; } = new("Loud", "Prints what it sees.", []);

            public string Name => "Loud";

            public StrategyNeeds Needs { get; } = new();

            public static IStrategy Create(IReadOnlyDictionary<string, double> parameters) => new Loud();

            public void OnStart(IStrategyContext context) => Console.Error.WriteLine("started");

            public void OnSlice(in MarketSlice slice, IStrategyContext context)
            {
                Console.WriteLine($"to output at bar {++bars}");
                Console.Error.WriteLine("to error at bar {0}", bars);
            }
        }
        """;

    [Fact]
    public async Task An_interrupt_ends_with_130()
    {
        using var process = Process.Start(MtsProcess.StartInterruptible(folder.FullName, "simulate", "--port", "0"))!;
        var line = "";
        while (line?.StartsWith("export", StringComparison.Ordinal) == false) line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        await MtsProcess.InterruptAsync(process);

        process.ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task An_interrupted_search_ends_with_130_and_goes_on_where_it_was()
    {
        var (start, random, close) = (new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc), new Random(1), 1_000.0);
        var rows = Enumerable.Range(0, 3_000).Select(i => FormattableString.Invariant($"{start.AddDays(i):yyyy-MM-dd},{close},{close + 60},{close - 60},{close = Math.Max(100, Math.Round(close + (random.NextDouble() * 100) - 50, 2))},1"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "bars.csv"), "timestamp,open,high,low,close,volume\n" + string.Join('\n', rows), TestContext.Current.CancellationToken);
        string[] search = ["optimize", "--data", "bars.csv", "--as-of", "2024-01-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "Donchian", "--param", "entry=20..79", "exit=5..44"];

        using var process = Process.Start(MtsProcess.StartInterruptible(folder.FullName, search))!;
        var unfinished = new DirectoryInfo(Path.Combine(folder.FullName, "data", "runs", "unfinished"));
        while (!process.HasExited && !(Directory.Exists(unfinished.FullName) && unfinished.EnumerateFiles().Any(f => f.Length > 0))) await Task.Yield();
        await MtsProcess.InterruptAsync(process);
        var rest = await MtsProcess.RunAsync(folder.FullName, search);

        process.ExitCode.ShouldBe(130);
        rest.ExitCode.ShouldBe(0, rest.Error);
        rest.Error.ShouldContain("goes on with an interrupted search");
        unfinished.EnumerateFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_writer_is_busy_and_a_reader_is_not()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "x.csv"), "timestamp,open,high,low,close,volume\n2024-01-01,1,2,1,2,1\n2024-01-02,1,2,1,2,1\n", TestContext.Current.CancellationToken);
        string[] import = ["data", "import", "x.csv", "--symbol", "BTC/USDT", "--interval", "1d"];
        (await MtsProcess.RunAsync(folder.FullName, import)).ExitCode.ShouldBe(0);
        using var writer = SqliteStore.OpenWriter(Path.Combine(folder.FullName, "data"), TimeProvider.System, new WriterOptions { Purpose = "a test" });

        var second = await MtsProcess.RunAsync(folder.FullName, [.. import, "--json"]);
        var reader = await MtsProcess.RunAsync(folder.FullName, "data", "status");

        second.ExitCode.ShouldBe(5);
        second.Error.ShouldContain("a test");
        second.Out.ShouldContain("\"kind\":\"busy\"");
        reader.ExitCode.ShouldBe(0, reader.Error);
    }
}
