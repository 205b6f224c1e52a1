using System.Text.Json;
using Mts.Cli;
using Mts.Cli.CommandLine;

namespace Mts.UnitTests.Cli;

public sealed class CommandTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Without_arguments_help_is_shown()
    {
        (await run.RunAsync()).ShouldBe(0);
        run.Out.ShouldContain("Usage:");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void A_verb_is_made_alone_by_its_name()
    {
        var host = new CliHost { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = run.Folder, ProgramDirectory = AppContext.BaseDirectory };
        var all = CommandTree.Build(host).Subcommands;
        all.Count.ShouldBeGreaterThan(20);
        foreach (var verb in all) CommandTree.Build(host, verb.Name).Subcommands.ShouldHaveSingleItem().Name.ShouldBe(verb.Name);
        CommandTree.Build(host, "nonsense").Subcommands.Count.ShouldBe(all.Count);
    }

    [Theory]
    [InlineData("--collect --days -1", "positive integer")]
    [InlineData("--collect --days 400", "cannot exceed 365")]
    [InlineData("--collect --days seven", "positive integer")]
    [InlineData("collect --days seven", "not a whole number")]
    [InlineData("collect --days 0", "positive integer")]
    [InlineData("--server --port 0", "between 1 and 65535")]
    [InlineData("--server --port 70000", "between 1 and 65535")]
    [InlineData("--server --collect", "--server cannot be combined with --collect")]
    [InlineData("--server --schedule --collect-macro", "--server cannot be combined with --collect-macro")]
    [InlineData("--schedule", "--schedule needs --collect or --collect-macro")]
    [InlineData("--schedule --collect --interval 0", "positive number of minutes")]
    [InlineData("--schedule --collect --macro-indicators VIX", "--macro-indicators needs --collect-macro")]
    [InlineData("--schedule --collect-macro --macro-indicators VIXX", "did you mean VIX?")]
    [InlineData("--interval 30", "--interval in minutes needs --schedule")]
    [InlineData("data import a.csv --symbols BTC", "unknown option '--symbols' (did you mean --symbol?)")]
    [InlineData("optimize --search fast=4 --strategy SmaCross --symbols BTC", "--search: Argument 'fast=4' not recognized. Must be one of: 'grid' 'random' 'bayesian' 'genetic'.")]
    [InlineData("backtest --seed abc --strategy SmaCross --symbols BTC", "--seed: 'abc' is not a whole number.")]
    [InlineData("backtest --report . --strategy SmaCross --symbols BTC", "is a folder; name a file in it")]
    [InlineData("optimize --report . --strategy SmaCross --symbols BTC --param fast=3..9", "--report: ")]
    [InlineData("analyze daily --html .", "--html: ")]
    [InlineData("optimize --strategy SmaCross --symbols BTC", "for instance --param fast=10,20")]
    [InlineData("backtest --symbols , --strategy BuyHold", "--symbols: ',' names nothing.")]
    [InlineData("optimize --symbols BTC --strategy ,", "--strategy: ',' names nothing.")]
    [InlineData("backtest --symbols , --data a.csv --strategy BuyHold", "--symbols: ',' names nothing.")]
    [InlineData("backtest --symbols --strategy BuyHold", "what stands before --strategy needs a value.")]
    [InlineData("synbols", "did you mean symbols?")]
    [InlineData("symbols --jsn", "did you mean --json?")]
    [InlineData("config", "show, validate")]
    [InlineData("--env Moon symbols extra", "unexpected 'extra'")]
    [InlineData("--config nowhere symbols", "there is no folder")]
    public async Task A_usage_error_says_what_is_allowed(string line, string says)
    {
        (await run.RunAsync(line.Split(' '))).ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("error: ");
        run.Error.ShouldContain(says);
    }

    [Theory]
    [InlineData("--server --port 8080")]
    public async Task What_comes_later_says_so(string line)
    {
        (await run.RunAsync(line.Split(' '))).ShouldBe(1);
        run.Error.ShouldContain("comes with a later version");
    }

    [Theory]
    [InlineData("version --json", 0)]
    [InlineData("--version --json", 0)]
    [InlineData("symbols --json", 0)]
    [InlineData("config show --json", 0)]
    [InlineData("config validate --json", 0)]
    [InlineData("strategy list --json", 0)]
    [InlineData("synbols --json", 2)]
    [InlineData("--server --port 8080 --json", 1)]
    [InlineData("--config nowhere symbols --json", 2)]
    [InlineData("--macro-indicators VIX --json", 2)]
    public async Task Json_is_exactly_one_document_on_standard_output(string line, int exitCode)
    {
        (await run.RunAsync(line.Split(' '))).ShouldBe(exitCode);

        using var document = JsonDocument.Parse(run.Out);
        var isError = document.RootElement.TryGetProperty("error", out var error);
        isError.ShouldBe(exitCode != 0);
        if (isError) run.Error.TrimEnd().ShouldBe("error: " + error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Version_and_help_touch_no_disk()
    {
        await run.RunAsync("version");
        await run.RunAsync("--help");
        await run.RunAsync("symbols");

        Directory.EnumerateFileSystemEntries(run.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_configuration_of_the_current_directory_goes_before_the_programs()
    {
        run.Write("config/settings.json", """{ "backtest": { "seed": 77 } }""");

        (await run.RunAsync("config", "show")).ShouldBe(0);
        run.Out.ShouldContain(Path.Combine(run.Folder, "config"));
        run.Out.ShouldMatch("backtest.seed +77 +config/settings.json");
    }

    [Fact]
    public async Task Validation_lists_what_is_wrong_in_all_files()
    {
        run.Write("config/settings.json", """{ "backtest": { "seed": -1 } }""");
        run.Write("config/assets.json", """[ { "id": "bitcoin", "ticker": "BTC", "name": "Bitcoin" } ]""");

        (await run.RunAsync("config", "validate")).ShouldBe(2);
        run.Error.ShouldContain("backtest.seed: '-1' is not allowed; allowed is 0 to 2147483647");
        run.Error.ShouldContain("assets.json[0].coingecko is missing");
    }

    [Fact]
    public async Task The_shipped_configuration_is_valid_in_every_environment()
    {
        foreach (var environment in new[] { "Development", "Staging", "Production" })
            (await run.RunAsync("config", "validate", "--env", environment)).ShouldBe(0, run.Error);
    }
}
