using System.Text.Json;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Storage.Files;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

public sealed class AlertFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Today => Path.Combine(folder.Path, "alerts", "2026-03-02.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_alert_is_a_line_in_the_file_of_its_day()
    {
        var file = new AlertFile(folder.Path, TimeProvider.System);
        file.Append(SampleAlert.At(0), isQuiet: false);
        file.Append(SampleAlert.At(43_200), isQuiet: true);

        File.ReadAllText(Today).ShouldBe(
            """{"id":"alt_btc_high_0_Raised","time":"2026-03-02T12:00:00Z","rule":"btc-high","kind":"price","severity":"warning","phase":"raised","subject":"binance BTC/USDT","title":"binance BTC/USDT above 100000.00","text":"The price is 100001.50, above 100000.00.","figures":{"price":100001.5,"limit":100000},"quiet":false}""" + "\n");
        File.ReadAllText(Path.Combine(folder.Path, "alerts", "2026-03-03.jsonl")).ShouldContain("\"quiet\":true");
    }

    [Fact]
    public void What_a_crash_left_of_a_line_is_cut_away()
    {
        var file = new AlertFile(folder.Path, TimeProvider.System);
        file.Append(SampleAlert.At(0), isQuiet: false);
        File.AppendAllText(Today, """{"id":"alt_1","time":"2026-""");
        file.Append(SampleAlert.At(1), isQuiet: false);
        Ids().ShouldBe(["alt_btc_high_0_Raised", "alt_btc_high_1_Raised"]);
    }

    [Fact]
    public void Several_writers_lose_no_line()
    {
        Parallel.For(0, 8, w =>
        {
            var file = new AlertFile(folder.Path, TimeProvider.System);
            for (var i = 0; i < 10; i++) file.Append(SampleAlert.At(i, AlertPhase.Raised, $"rule{w}"), isQuiet: false);
        });
        Ids().Distinct(StringComparer.Ordinal).Count().ShouldBe(80);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_storage_failure()
    {
        File.WriteAllText(Path.Combine(folder.Path, "alerts"), "a file where a folder belongs");
        Should.Throw<StorageException>(() => new AlertFile(folder.Path, TimeProvider.System).Append(SampleAlert.At(0), isQuiet: false)).Message.ShouldContain("2026-03-02.jsonl");
    }

    private IEnumerable<string> Ids() => File.ReadAllLines(Today).Select(l =>
    {
        using var line = JsonDocument.Parse(l);
        return line.RootElement.GetProperty("id").GetString()!;
    }).ToList();
}
