using System.Text.Json;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.Realtime.RealtimeSamples;

namespace Mts.UnitTests.Cli;

/// <summary>The verbs over a store that live feeds have filled.</summary>
public sealed class RealtimeDataTests : IDisposable
{
    private readonly CliRun run = new();

    public RealtimeDataTests()
    {
        using var store = SqliteStore.OpenWriter(Path.Combine(run.Folder, "data"), TimeProvider.System);
        store.WriteRealtime(new RealtimeBatch
        {
            Books = [Book(0), Book(7_200, 9), Book(7_200, 9, "bybit")], Spreads = [Spread(0)], Funding = [Funding(0)], CrossSpreads = [Cross(0)],
            Opportunities = [new OpportunityRow(At(1), At(2), null, null, Cross(1), 3)],
            Gaps = [Gap(0), Gap(5) with { End = At(6), Repair = "snapshot" }], DeadLetters = [Letter(0)], Accounts = [Account("s", 4, Btc)],
        });
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Status_shows_rows_and_range_of_each_kind()
    {
        (await run.RunAsync("data", "status", "--json")).ShouldBe(0, run.Error);

        using var json = JsonDocument.Parse(run.Out);
        var rows = json.RootElement.GetProperty("realtime").EnumerateArray().ToList();
        rows.Select(r => r.GetProperty("kind").GetString()).Distinct().ShouldBe(["books", "spreads", "funding", "cross-spreads", "opportunities", "gaps", "dead-letters", "accounts"]);
        (rows[0].GetProperty("venue").GetString(), rows[0].GetProperty("rows").GetInt32(), rows[0].GetProperty("first").GetString(), rows[0].GetProperty("last").GetString())
            .ShouldBe(("binance", 2, "2024-01-02T03:04:05Z", "2024-01-02T05:04:05Z"));
        (await run.RunAsync("data", "status")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("dead-letters");
    }

    [Theory]
    [InlineData("books", 3)]
    [InlineData("spreads", 1)]
    [InlineData("funding", 1)]
    [InlineData("cross-spreads", 1)]
    [InlineData("opportunities", 1)]
    [InlineData("gaps", 2)]
    [InlineData("dead-letters", 1)]
    [InlineData("accounts", 1)]
    public async Task Every_kind_is_exported_as_JSON_lines(string kind, int rows) => (await ExportAsync("--kind", kind)).Count.ShouldBe(rows);

    [Fact]
    public async Task An_export_is_of_the_venue_market_and_days_that_were_asked_for()
    {
        var book = (await ExportAsync("--kind", "books", "--venue", "bybit", "--symbol", "BTC/USDT", "--start", "2024-01-02", "--end", "2024-01-02")).ShouldHaveSingleItem();

        book.GetProperty("asks")[1][0].GetString().ShouldBe("43010.1");
        book.GetProperty("id").GetInt64().ShouldBe(9);
        (await ExportAsync("--kind", "books", "--start", "2024-01-03")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gaps", true, 0)]
    [InlineData("dead-letters", true, 0)]
    [InlineData("opportunities", true, 0)]
    [InlineData("spreads", true, 3)]
    [InlineData("gaps", false, 3)]
    public async Task A_ledger_in_which_nothing_went_wrong_is_an_empty_file(string kind, bool isRecorded, int exitCode)
    {
        using (var store = SqliteStore.OpenWriter(Path.Combine(run.Folder, "other"), TimeProvider.System))
        {
            if (isRecorded) store.WriteRealtime(new RealtimeBatch { Books = [Book(0)], Accounts = [Account("s", 4, Btc)] });
        }

        (await run.RunAsync("data", "export", "--kind", kind, "--out", "none.jsonl", "--data-dir", "other")).ShouldBe(exitCode, run.Error);
        var file = Path.Combine(run.Folder, "none.jsonl");
        if (exitCode == 0) File.ReadAllText(file).ShouldBeEmpty();
        else File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_exported_is_told()
    {
        (await run.RunAsync("data", "export", "--kind", "gaps", "--out", "gaps.csv")).ShouldBe(2);
        run.Error.ShouldContain(".jsonl");
        (await run.RunAsync("data", "export", "--kind", "trades", "--out", "x.jsonl")).ShouldBe(2);
        (await run.RunAsync("data", "export", "--out", "x.csv")).ShouldBe(2);
        run.Error.ShouldContain("--symbol");
    }

    private async Task<List<JsonElement>> ExportAsync(params string[] arguments)
    {
        (await run.RunAsync(["data", "export", "--out", "out.jsonl", .. arguments])).ShouldBe(0, run.Error);
        return [.. File.ReadAllLines(Path.Combine(run.Folder, "out.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
    }
}
