namespace Mts.UnitTests.Cli;

/// <summary>Files that a run reads and writes, where something is wrong with them.</summary>
public sealed class ReportFileTests : IDisposable
{
    private const string Head = "date,open,high,low,close,volume\n";
    private readonly CliRun run = new();

    public ReportFileTests()
    {
        run.Write("good.csv", Head + Rows());
        run.Write("text.csv", Head + Rows().Replace("2024-01-06,100", "2024-01-06,abc", StringComparison.Ordinal));
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_row_that_was_refused_is_shown_where_its_bar_is_missing()
    {
        (await BacktestAsync("text.csv")).ShouldBe(3);
        run.Error.ShouldContain("text.csv: 1 bars are missing, and rows were refused: 1 unparsable; the first is line 7: '2024-01-06,abc,");
        run.Error.ShouldContain("Mend the file, choose another range, or run over it with --allow-gaps.");
        (await BacktestAsync("text.csv", "--allow-gaps")).ShouldBe(0, run.Error);
    }

    [Fact]
    public async Task A_page_goes_to_a_new_folder_and_not_below_a_file()
    {
        (await BacktestAsync("good.csv", "--report", "new/folder/page.html")).ShouldBe(0, run.Error);
        Directory.GetFiles(Path.Combine(run.Folder, "new", "folder")).Select(Path.GetFileName).ShouldBe(["page.html"]);

        (await BacktestAsync("good.csv", "--report", "good.csv/page.html")).ShouldBe(2);
        run.Error.ShouldContain($"--report: {Path.Combine(run.Folder, "good.csv")} is a file, no folder; choose another place for page.html.");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_file_is_broken_hides_no_other()
    {
        (await BacktestAsync("good.csv", "--json")).ShouldBe(0, run.Error);
        run.Write("data/runs/0123456789abcdef.json", run.Out);
        run.Write("data/runs/deadbeefdeadbeef.json", "garbage");
        (await run.RunAsync("report", "list")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("BuyHold");
        run.Error.ShouldContain("deadbeefdeadbeef.json is not a result of `mts backtest --json`");
        run.Error.ShouldContain("Remove it.");
    }

    private Task<int> BacktestAsync(string file, params string[] arguments) =>
        run.RunAsync(["backtest", "--strategy", "BuyHold", "--symbols", "BTC", "--data", file, "--as-of", "2024-12-01", .. arguments]);

    private static string Rows() => string.Concat(Enumerable.Range(0, 40).Select(i => $"{new DateOnly(2024, 1, 1).AddDays(i):yyyy-MM-dd},100,101,99,{100 + (i % 2)},5\n"));
}
