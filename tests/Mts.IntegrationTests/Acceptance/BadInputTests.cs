using System.IO.Compression;
using System.Text.Json;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>Files that are no market data or broken, settings that are wrong, and the one document of <c>--json</c>.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "timestamp,open,high,low,close,volume\n";
    private const int Rows = 60;

    private readonly Desk desk = new() { Clock = ShiftedClock.Midweek() };
    private int cuts;
    private readonly string text = Header + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{new DateOnly(2023, 1, 1).AddDays(i):yyyy-MM-dd},{100 + i},{103 + i}.25,{98 + i},{101 + i}.5,{1000 + i}.125\n"));

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n\n", "")]
    [InlineData(Header, "0 rows")]
    [InlineData("Dear all,\nno market data, at all, really\n", "no bar file has")]
    [InlineData("{\"a\":1}", "JSON")]
    [InlineData("<html><body>Checking your browser</body></html>", "")]
    [InlineData("\u0000\u0001\u0002\u0003\u0004\u0005\u0006", "binary")]
    public async Task What_is_no_market_data_is_refused_by_every_import(string content, string says)
    {
        desk.Write("x.csv", content);
        (await desk.RunAsync("data import x.csv --symbol BTC/USDT --venue mine")).With(3).Error.ShouldContain(says);
        (await desk.RunAsync("data import-macro x.csv --series VIXCLS")).With(3);
        (await desk.RunAsync("data import-funding x.csv --symbol BTC/USDT:USDT --venue mine")).With(3);
        (await desk.RunAsync("backtest --data x.csv --strategy BuyHold")).With(3);
        File.Exists(desk.PathOf("data/crypto_data.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_cut_anywhere_gives_whole_rows_only()
    {
        desk.Write("whole.csv", text);
        (await desk.RunAsync("data import whole.csv --symbol BTC/USDT --venue whole")).With(0);
        var all = desk.Query("select timestamp, open, high, low, close, volume from bars where venue = 'whole' order by 1");
        all.Count.ShouldBe(Rows);
        // Every length that ends in the last two rows; a last row without a line end is whole.
        for (var length = text.Length - 60; length < text.Length; length++)
        {
            desk.Write("cut.csv", text[..length]);
            await CheckCutAsync("cut.csv", all, text[..(length + 1)].Count(c => c == '\n') - 1, isCut: text[length] != '\n' && text[length - 1] != '\n');
        }
    }

    [Fact]
    public async Task A_compressed_file_cut_anywhere_gives_whole_rows_only()
    {
        desk.Write("whole.csv", text);
        (await desk.RunAsync("data import whole.csv --symbol BTC/USDT --venue whole")).With(0);
        var all = desk.Query("select timestamp, open, high, low, close, volume from bars where venue = 'whole' order by 1");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        var bytes = packed.ToArray();
        for (var length = 20; length < bytes.Length; length += 37)
        {
            await File.WriteAllBytesAsync(desk.PathOf("cut.csv.gz"), bytes[..length], TestContext.Current.CancellationToken);
            await CheckCutAsync("cut.csv.gz", all, null, isCut: true);
        }
    }

    [Fact]
    public async Task A_result_on_a_broken_file_says_so()
    {
        desk.Write("cut.csv", text[..^11]);
        (await desk.RunAsync("backtest --data cut.csv --strategy BuyHold --json")).With(3);
        var warnings = (await desk.JsonAsync("backtest --data cut.csv --strategy BuyHold --allow-gaps")).GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).ToList();
        warnings.ShouldContain("cut.csv: the file breaks off; the rows before the cut were read");
    }

    [Fact]
    public async Task Everything_wrong_in_the_settings_is_told_at_once()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "config"), "*.json", SearchOption.AllDirectories))
            desk.Write(Path.Combine("config", Path.GetRelativePath(Path.Combine(Checkout.Root, "config"), file)), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        desk.Write("config/settings.json", """{ "storage": { "kind": "oracle" }, "htpp": { "retries": 3 }, "http": { "retries": 99, "tryTimeout": "1y", "retrys": 2 }, "backtest": { "capital": -5, "interval": "7m" } }""");
        desk.Variables["MTS__Backtest__FeeBps"] = "5000";
        desk.Variables["MTS__Backtest__Sede"] = "1";

        var wrong = (await desk.RunAsync("data status --json")).With(2);

        var message = wrong.Document().GetProperty("error").GetProperty("message").GetString()!;
        string[] all = ["storage.kind", "htpp", "http.retries", "http.tryTimeout", "retrys", "backtest.capital", "backtest.interval", "MTS__Backtest__FeeBps", "MTS__Backtest__Sede"];
        foreach (var name in all) message.ShouldContain(name, Case.Insensitive);
    }

    [Fact]
    public async Task Variables_go_before_files_and_the_command_line_before_variables()
    {
        desk.Write("x.csv", text);
        desk.Variables["MTS__Storage__DataDir"] = "elsewhere";
        desk.Variables["MTS__Backtest__Capital"] = "5000";
        (await desk.RunAsync("data import x.csv --symbol BTC/USDT --venue mine")).With(0);
        File.Exists(desk.PathOf("elsewhere/crypto_data.db")).ShouldBeTrue();

        Capital(await desk.JsonAsync("backtest --symbols BTC --strategy BuyHold")).ShouldBe(5_000);
        Capital(await desk.JsonAsync("backtest --symbols BTC --strategy BuyHold --capital 7000")).ShouldBe(7_000);
        (await desk.RunAsync("--data-dir third data status")).With(3);

        static double Capital(JsonElement result) => result.GetProperty("equity")[0][1].GetDouble();
    }

    [Theory]
    [InlineData("data status", 3)]
    [InlineData("data verify", 3)]
    [InlineData("data repair --symbols NOPE", 2)]
    [InlineData("data import nothing.csv", 2)]
    [InlineData("data import-macro nothing.csv", 2)]
    [InlineData("data import-funding nothing.csv", 2)]
    [InlineData("data export --symbol BTC --out x.csv", 3)]
    [InlineData("data backup x.db", 3)]
    [InlineData("data restore nothing.db", 2)]
    [InlineData("data resample --symbol BTC --from 1h --interval 1d", 3)]
    [InlineData("data", 2)]
    [InlineData("signals", 3)]
    [InlineData("signals --symbols BTC", 3)]
    [InlineData("backtest --symbols BTC --strategy BuyHold", 3)]
    [InlineData("backtest --symbols BTC", 2)]
    [InlineData("collect --symbols NOPE", 2)]
    [InlineData("collect-macro --macro-indicators NOPE", 2)]
    [InlineData("collect-funding --symbols NOPE", 2)]
    [InlineData("simulate --fault 429:2", 2)]
    [InlineData("bench --bars -1", 2)]
    [InlineData("strategy", 2)]
    [InlineData("strategy list", 0)]
    [InlineData("symbols", 0)]
    [InlineData("config show", 0)]
    [InlineData("config validate", 0)]
    [InlineData("version", 0)]
    public async Task Json_is_one_document_on_errors_as_well(string line, int exitCode)
    {
        var said = (await desk.RunAsync(line + " --json")).With(exitCode);
        var isError = said.Document().TryGetProperty("error", out var error);
        isError.ShouldBe(exitCode != 0);
        if (isError) error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Json_is_one_document_of_every_verb_that_works_on_data()
    {
        desk.Write("x.csv", text);
        desk.Write("vix.csv", "observation_date,VIXCLS\n2023-01-03,22.9\n2023-01-04,\n");
        desk.Write("funding.csv", "timestamp,funding_rate\n2023-01-01T00:00:00Z,0.0001\n2023-01-01T08:00:00Z,0.0002\n");
        string[] lines =
        [
            "data import x.csv --symbol BTC/USDT --venue binance", "data import-macro vix.csv", "data import-funding funding.csv --symbol BTC/USDT:USDT --venue binance",
            "data status", "data verify", "data repair", "data resample --symbol BTC --from 1d --interval 1w", "data export --symbol BTC --out y.csv", "data backup z.db",
            "signals --symbols BTC --as-of 2023-03-02", "backtest --symbols BTC --strategy SmaCross --report r.html", "backtest --data y.csv --strategy SmaCross",
        ];
        foreach (var line in lines) (await desk.JsonAsync(line)).ValueKind.ShouldBe(JsonValueKind.Object, line);
    }

    [Fact]
    public async Task A_known_asset_without_data_is_exit_3_and_an_unknown_one_exit_2()
    {
        desk.Write("x.csv", text);
        (await desk.RunAsync("data import x.csv --symbol BTC/USDT --venue binance")).With(0);
        foreach (var verb in new[] { "signals", "backtest --strategy SmaCross" })
        {
            (await desk.RunAsync($"{verb} --symbols ETH")).With(3).Error.ShouldContain("mts collect --symbols ETH");
            (await desk.RunAsync($"{verb} --symbols ETHH")).With(2).Error.ShouldContain("did you mean ETH");
        }

        (await desk.RunAsync("backtest --symbols BTC --strategy SmaCross --start 2023-01-01 --end 2023-06-30")).With(3).Error.ShouldContain("2023-03-02T00:00:00Z");
    }

    private async Task CheckCutAsync(string file, IReadOnlyList<string> all, int? wholeRows, bool isCut)
    {
        // The store of the whole file stays; each cut has a folder of its own.
        var folder = $"cut{++cuts}";
        var said = await desk.RunAsync($"--data-dir {folder} data import {file} --symbol BTC/USDT --venue whole --json");
        if (said.ExitCode == 3) return;
        said.With(0);
        var kept = desk.Query("select timestamp, open, high, low, close, volume from bars order by 1", folder);
        kept.ShouldBe(all.Take(kept.Count), file);
        if (wholeRows is { } whole) kept.Count.ShouldBe(whole, said.Out);
        said.Document().GetProperty("truncated").GetBoolean().ShouldBe(isCut, said.Out);
    }
}
