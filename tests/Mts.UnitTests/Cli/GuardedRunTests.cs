using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;

namespace Mts.UnitTests.Cli;

public sealed class GuardedRunTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task The_document_has_verdicts_and_quality()
    {
        run.Write("bars.csv", CliRun.DailyBars(300));
        (await run.RunAsync("backtest", "--data", "bars.csv", "--as-of", "2025-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "SmaCross", "--json")).ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        var guards = document.RootElement.GetProperty("guards");
        guards.GetProperty("sound").GetBoolean().ShouldBeTrue();
        guards.GetProperty("look_ahead").GetProperty("verdict").GetString().ShouldBe("pass");
        guards.GetProperty("macro").GetProperty("verdict").GetString().ShouldBe("unknown");
        guards.GetProperty("instants").GetInt32().ShouldBeGreaterThan(100);
        var quality = document.RootElement.GetProperty("quality")[0];
        quality.GetProperty("verdict").GetString().ShouldBe("pass");
        quality.GetProperty("expected").GetInt64().ShouldBe(300);
        quality.GetProperty("present").GetInt64().ShouldBe(300);
        quality.GetProperty("coverage").GetDouble().ShouldBe(1);
        quality.GetProperty("sources").GetProperty("bars.csv").GetInt64().ShouldBe(300);
    }

    [Fact]
    public async Task People_see_one_line_each()
    {
        run.Write("bars.csv", CliRun.DailyBars(300));
        (await run.RunAsync("backtest", "--data", "bars.csv", "--as-of", "2025-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "SmaCross")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("guards: look ahead passed, macro not judged (the run has no macro series and no funding), determinism passed, warm up");
        run.Out.ShouldContain("300 of 300 bars (100.00 %), 0 holes, 0 refused");
    }

    [Fact]
    public async Task A_strategy_that_knows_tomorrow_is_shown_with_the_evidence_and_ends_with_1()
    {
        run.Write("bars.csv", CliRun.DailyBars(1_500));
        run.Write("Oracle.cs", Oracle.Replace("FILE", Path.Combine(run.Folder, "bars.csv"), StringComparison.Ordinal));
        string[] command = ["backtest", "--strategy-path", "Oracle.cs", "--data", "bars.csv", "--as-of", "2029-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "Oracle", "--report", "page.html"];
        (await run.RunAsync([.. command, "--json"])).ShouldBe(1);
        run.Error.ShouldContain("the result must not be believed: a guard failed. --allow-look-ahead takes it all the same.");

        // The result is there all the same, the warning first.
        using var document = JsonDocument.Parse(run.Out);
        var root = document.RootElement;
        root.GetProperty("metrics").GetProperty("trades").GetInt32().ShouldBeGreaterThan(100);
        root.GetProperty("warnings")[0].GetString().ShouldStartWith("guard look_ahead: strategy Oracle knows the market from elsewhere");
        var guards = root.GetProperty("guards");
        guards.GetProperty("sound").GetBoolean().ShouldBeFalse();
        var finding = guards.GetProperty("look_ahead");
        finding.GetProperty("verdict").GetString().ShouldBe("fail");
        var evidence = finding.GetProperty("evidence")[0];
        evidence.GetProperty("strategy").GetString().ShouldBe("Oracle");
        Timestamp.Parse(evidence.GetProperty("time").GetString()!).ShouldBeGreaterThan(Begin);
        (await File.ReadAllTextAsync(Path.Combine(run.Folder, "page.html"), TestContext.Current.CancellationToken)).ShouldContain("knows the market from elsewhere");

        (await run.RunAsync(command)).ShouldBe(1);
        run.Error.ShouldContain("warning: guard look_ahead: strategy Oracle knows the market from elsewhere");
        run.Out.ShouldContain("guards: look ahead FAILED");
        (await run.RunAsync([.. command, "--allow-look-ahead"])).ShouldBe(0);
    }

    [Fact]
    public async Task A_kept_run_keeps_its_verdicts_in_sight()
    {
        run.Write("bars.csv", CliRun.DailyBars(600));
        run.Write("Oracle.cs", Oracle.Replace("FILE", Path.Combine(run.Folder, "bars.csv"), StringComparison.Ordinal));
        string[] command = ["backtest", "--data", "bars.csv", "--as-of", "2029-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--json"];
        (await run.RunAsync([.. command, "--strategy-path", "Oracle.cs", "--strategy", "Oracle"])).ShouldBe(1);
        run.Write("data/runs/cheat.json", run.Out);
        (await run.RunAsync([.. command, "--strategy", "BuyHold"])).ShouldBe(0, run.Error);
        run.Write("data/runs/honest.json", run.Out);
        var old = JsonNode.Parse(run.Out)!.AsObject(); // of a version without guards, and with a quality that had no verdict
        old.Remove("guards").ShouldBeTrue();
        old["quality"]![0]!.AsObject().Remove("verdict").ShouldBeTrue();
        run.Write("data/runs/older.json", old.ToJsonString());

        (await run.RunAsync("report", "list", "--json")).ShouldBe(0, run.Error);
        using (var list = JsonDocument.Parse(run.Out))
        {
            var verdicts = list.RootElement.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("verdicts")).ToList();
            verdicts.Select(v => v.GetProperty("guards").GetString()).ShouldBe(["fail", "pass", null]);
            verdicts.Select(v => v.GetProperty("look_ahead").GetString()).ShouldBe(["fail", "pass", null]);
            verdicts.Select(v => v.GetProperty("macro").GetString()).ShouldBe(["unknown", "unknown", null]);
            verdicts.Select(v => v.GetProperty("data").GetString()).ShouldBe(["pass", "pass", null]);
        }

        (await run.RunAsync("report", "list")).ShouldBe(0, run.Error);
        var rows = run.Out.Split('\n').Where(l => l.Contains("BTC/USDT", StringComparison.Ordinal)).ToList();
        rows[0].ShouldContain("FAILED: look ahead");
        rows[1].ShouldMatch("passed +passed");
        rows[2].ShouldMatch("unknown +unknown");

        (await run.RunAsync("report", "show", "cheat")).ShouldBe(0, run.Error);
        run.Error.ShouldContain("must not be believed: a guard failed");
        run.Out.ShouldContain("guards FAILED: look ahead");

        (await run.RunAsync("report", "compare", "honest", "cheat", "--html", "both.html", "--json")).ShouldBe(0, run.Error);
        run.Error.ShouldContain("must not be believed: a guard failed");
        using var comparison = JsonDocument.Parse(run.Out);
        var both = comparison.RootElement.GetProperty("verdicts");
        (both.GetProperty("first").GetProperty("guards").GetString(), both.GetProperty("second").GetProperty("guards").GetString()).ShouldBe(("pass", "fail"));
        (await File.ReadAllTextAsync(Path.Combine(run.Folder, "both.html"), TestContext.Current.CancellationToken)).ShouldContain("<td>FAILED: look ahead</td>");
    }

    private const string Oracle = """
        using Mts.Core.Ports;
        using Mts.Core.Signals;

        public sealed class Oracle : IUserStrategy
        {
            private readonly double[] closes = System.Array.ConvertAll(System.IO.File.ReadAllLines(@"FILE")[1..], l => double.Parse(l.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture));

            public static StrategyDescriptor Descriptor { get; } = new("Oracle", "Reads the next close from the file.", []);

            public string Name => "Oracle";

            public StrategyNeeds Needs { get; } = new();

            public static IStrategy Create(System.Collections.Generic.IReadOnlyDictionary<string, double> parameters) => new Oracle();

            public void OnStart(IStrategyContext context) { }

            public void OnSlice(in MarketSlice slice, IStrategyContext context)
            {
                var bar = slice.Bars[0].Bar;
                var day = slice.Time.Date.DayNumber - new System.DateOnly(2024, 1, 1).DayNumber - 1;
                var wanted = day + 1 < closes.Length && closes[day + 1] > closes[day] ? Direction.Long : Direction.Flat;
                if (context.Position(0).Direction == wanted) return;
                context.Emit(new Signal { Asset = context.Instruments[0].Asset, Instrument = 0, Direction = wanted, Strategy = Name, Time = slice.Time, Price = bar.Close, Reason = "tomorrow" });
            }
        }
        """;

    [Fact]
    public async Task A_file_with_many_impossible_rows_is_refused_unless_allowed()
    {
        var rows = CliRun.DailyBars(300).Split('\n').ToList();
        for (var i = 0; i < 10; i++) rows.Add("2024-03-0" + (i % 9 + 1).ToString(CultureInfo.InvariantCulture) + ",100,90,95,100,1"); // high below low
        run.Write("bars.csv", string.Join('\n', rows));
        string[] command = ["backtest", "--data", "bars.csv", "--as-of", "2025-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "BuyHold"];
        (await run.RunAsync(command)).ShouldBe(3);
        run.Error.ShouldContain("10 rows were refused where 300 bars belong");
        (await run.RunAsync([.. command, "--allow-gaps"])).ShouldBe(0, run.Error);
        run.Error.ShouldContain("10 rows were refused");
        (await run.RunAsync([.. command, "--allow-gaps", "--json"])).ShouldBe(0, run.Error);
        run.Out.ShouldContain("\"interval\":\"1d\",\"verdict\":\"fail\"");
    }

    [Fact]
    public async Task A_store_whose_bars_were_changed_behind_its_back_is_refused_unless_allowed()
    {
        var folder = Path.Combine(run.Folder, "data");
        using (var store = SqliteStore.OpenWriter(folder, TimeProvider.System))
            store.WriteBars(Key, hasVolume: true, [.. Enumerable.Range(0, 100).Select(Day)], new Provenance("binance", Begin, "test", new string('0', 64)));
        string[] command = ["backtest", "--data-dir", folder, "--symbols", "BTC/USDT", "--strategy", "BuyHold"];
        (await run.RunAsync(command)).ShouldBe(0, run.Error);
        run.Out.ShouldContain("from binance 100.00 %; 1 segments as written, 0 not to be told, 0 damaged");

        Change(Path.Combine(folder, "crypto_data.db"));
        (await run.RunAsync(command)).ShouldBe(3, run.Out);
        run.Error.ShouldContain("the rows differ from what was written");
        (await run.RunAsync([.. command, "--allow-gaps"])).ShouldBe(0, run.Error);
        run.Out.ShouldContain("1 damaged");
    }

    private static readonly Timestamp Begin = Timestamp.Parse("2024-01-01");

    private static SeriesKey Key => new("binance", Symbol.Parse("BTC/USDT"), Interval.Day);

    private static Bar Day(int i) => new(new Timestamp(Begin.Micros + (i * Timestamp.MicrosPerDay)), 100 + i, 110 + i, 90 + i, 105 + i, 1);

    private static void Change(string file)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE bar SET close = close + 1 WHERE open_time = {Day(40).OpenTime.Micros}";
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
