using Mts.Cli.CommandLine;

namespace Mts.UnitTests.Cli;

public class BriefSpellingTests
{
    [Theory]
    // The command lines of the brief, verbatim.
    [InlineData("--collect --days 7", "collect --days 7")]
    [InlineData("--collect-macro --macro-indicators VIX DXY", "collect-macro --macro-indicators VIX DXY")]
    [InlineData("--schedule --collect --interval 30", "schedule --collect --interval 30")]
    [InlineData("--schedule --collect-macro --interval 360", "schedule --collect-macro --interval 360")]
    [InlineData("--server --port 8080", "server --port 8080")]
    [InlineData(
        "--symbols bitcoin --start 2023-01-01 --end 2023-12-31 --strategy BuyHoldStrategy",
        "backtest --symbols bitcoin --start 2023-01-01 --end 2023-12-31 --strategy BuyHoldStrategy")]
    [InlineData("--version", "version")]
    // The same in another order, and with global options before.
    [InlineData("--days 7 --collect", "collect --days 7")]
    [InlineData("-v --data-dir d --collect", "collect -v --data-dir d")]
    [InlineData("--json --version", "version --json")]
    [InlineData("--interval 30 --collect --schedule", "schedule --interval 30 --collect")]
    [InlineData("--server --collect", "server --collect")]
    // Everything else is left as it is.
    [InlineData("collect --days 7", "collect --days 7")]
    [InlineData("--data-dir d collect --days 7", "--data-dir d collect --days 7")]
    [InlineData("--data-dir=d backtest --symbols BTC", "--data-dir=d backtest --symbols BTC")]
    [InlineData("--help", "--help")]
    [InlineData("--collect --help", "--collect --help")]
    [InlineData("--json", "--json")]
    [InlineData("--nonsense", "--nonsense")]
    public void Means_the_verb(string brief, string verb) =>
        BriefSpelling.Translate(brief.Split(' ')).ShouldHaveSingleItem().ShouldBe(verb.Split(' '));

    [Fact]
    public void Nothing_stays_nothing() => BriefSpelling.Translate([]).ShouldHaveSingleItem().ShouldBeEmpty();

    [Fact]
    public void Both_collections_are_two_commands()
    {
        var commands = BriefSpelling.Translate("--collect --collect-macro --macro-indicators VIX DXY --days 3".Split(' '));

        commands.Count.ShouldBe(2);
        commands[0].ShouldBe("collect --days 3".Split(' '));
        commands[1].ShouldBe("collect-macro --macro-indicators VIX DXY --days 3".Split(' '));
    }

    [Theory]
    [InlineData("--macro-indicators VIX", "--macro-indicators needs --collect-macro.")]
    [InlineData("--collect --macro-indicators VIX", "--macro-indicators needs --collect-macro.")]
    [InlineData("--interval 30", "--interval in minutes needs --schedule")]
    [InlineData("--collect --interval=30", "--interval in minutes needs --schedule")]
    [InlineData("--collect --collect-macro --json", "--json prints one document")]
    public void Contradictions_are_refused(string brief, string says) =>
        Should.Throw<UsageException>(() => BriefSpelling.Translate(brief.Split(' '))).Message.ShouldStartWith(says);
}
