namespace Mts.UnitTests.Cli;

/// <summary>What <c>mts paper</c> refuses before a session begins; nothing is asked of a venue, and nothing is left behind.</summary>
public sealed class PaperFlagTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_session_that_is_not_there_is_told_with_those_that_are()
    {
        (await run.RunAsync("replay", "--session", "nope", "--verify")).ShouldBe(2);
        run.Error.ShouldContain($"there is no session 'nope' in {Path.Combine(run.Folder, "data", "paper")}; `mts paper` begins one.");
        run.Write("data/paper/first/journal", "");
        (await run.RunAsync("replay", "--session", "nope")).ShouldBe(2);
        run.Error.ShouldContain("there is first.");
        (await run.RunAsync("paper", "--session", "nope")).ShouldBe(2);
        run.Error.ShouldContain("there is no session nope to go on with, and a new one needs --strategy.");

        (await run.RunAsync("replay", "--session", "first")).ShouldBe(3);
        run.Error.ShouldContain($"{Path.Combine(run.Folder, "data", "paper", "first", "journal")}: the journal is empty: the session ended before its plan was written. Remove it and begin anew.");
    }

    [Theory]
    [InlineData(2, "--finer is not of a paper session: a session decides on its own bars", "--finer", "1m")]
    [InlineData(2, "--mark is not of a paper session: mark prices are read from a file of the past", "--mark", "BTC/USDT:USDT=marks.csv", "ETH/USDT:USDT=marks.csv")]
    [InlineData(2, "--book is not of a paper session: it runs inside a recording. --fill book", "--book", "spot.txt")]
    [InlineData(2, "--slippage spread needs --spread-bps in a paper session", "--slippage", "spread")]
    [InlineData(2, "--order-latency does not go with --fill book", "--fill", "book", "--order-latency", "5ms")]
    [InlineData(2, "--limit-fill does not go with --fill book", "--fill", "book", "--limit-fill", "touch")]
    [InlineData(2, "--margin does not go with --fill book", "--fill", "book", "--margin", "cross")]
    [InlineData(2, "--allocate sizes the positions of one strategy", "--strategy", "Macd", "--allocate", "equal")]
    [InlineData(2, "--session: 'a/b' is no name", "--session", "a/b")]
    [InlineData(2, "unknown parameter 'fats'", "--param", "fats=3")]
    [InlineData(2, "fast", "--param", "fast=0")]
    [InlineData(2, "nope", "--aggregate", "nope")] // of a single strategy too
    [InlineData(3, "PairsTrading", "--strategy", "PairsTrading")]
    [InlineData(2, "NOPE", "--symbols", "NOPE")]
    public async Task What_cannot_be_is_told_and_leaves_no_session(int code, string says, params string[] arguments)
    {
        string[] symbols = arguments.Contains("--symbols") ? [] : ["--symbols", "BTC"];
        string[] strategy = arguments.Contains("PairsTrading") ? [] : ["--strategy", "SmaCross"];
        (await run.RunAsync(["paper", .. strategy, .. symbols, "--duration", "1s", .. arguments])).ShouldBe(code, run.Out + run.Error);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
        var sessions = Path.Combine(run.Folder, "data", "paper");
        if (Directory.Exists(sessions)) Directory.GetFileSystemEntries(sessions).ShouldBeEmpty();
    }
}
