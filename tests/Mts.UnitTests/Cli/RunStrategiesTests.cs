using Mts.Cli;
using Mts.Cli.Commands.Backtests;
using Mts.Core;

namespace Mts.UnitTests.Cli;

public sealed class RunStrategiesTests : IDisposable
{
    private readonly CliRun run = new();

    public RunStrategiesTests()
    {
        run.Write("config/settings.json", "{}");
        run.Write("config/strategies/SmaCross.json", """{ "slow": 40 }""");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public void The_command_line_goes_before_the_file_and_the_file_before_the_default()
    {
        var made = Make(["smacrossstrategy"], "fast=7");

        made.Strategies.ShouldHaveSingleItem().Name.ShouldBe("SmaCross");
        made.Parameters[0].ShouldBe(new Dictionary<string, string> { ["fast"] = "7", ["slow"] = "40" }, ignoreOrder: true);
    }

    [Fact]
    public void With_several_strategies_a_parameter_names_its_owner_or_reaches_those_that_know_it()
    {
        var made = Make(["SmaCross", "MeanReversion", "SmaCross"], "SmaCross.slow=60", "vix-threshold=30");

        made.Strategies.Select(s => s.Name).ShouldBe(["SmaCross", "MeanReversion"]);
        made.Parameters[0]["slow"].ShouldBe("60");
        made.Parameters[1]["vix_threshold"].ShouldBe("30");
        made.Parameters[0].ContainsKey("vix_threshold").ShouldBeFalse();
    }

    [Theory]
    [InlineData("SmaCros", "fast=1", "did you mean SmaCross?")]
    [InlineData("SmaCross", "fsat=1", "did you mean fast?")]
    [InlineData("SmaCross", "fast=0", "from 1 to 10000")]
    [InlineData("SmaCross", "fast", "is not NAME=VALUE")]
    [InlineData("SmaCross", "BuyHold.fast=1", "unknown strategy 'BuyHold'")]
    [InlineData("BuyHold", "fast=1", "BuyHold takes none")]
    public void What_is_not_known_is_refused(string strategy, string parameter, string says) =>
        Should.Throw<MtsException>(() => Make([strategy], parameter)).Message.ShouldContain(says);

    [Fact]
    public void A_parameter_that_contradicts_itself_is_refused()
    {
        Should.Throw<MtsException>(() => Make(["SmaCross"], "fast=5", "fast=6")).Message.ShouldBe("--param fast is given twice, as 5 and 6.");
        Make(["SmaCross"], "fast=5", "SmaCross.fast=6").Parameters[0]["fast"].ShouldBe("6"); // for all, then for one
    }

    private RunStrategies Make(string[] names, params string[] parameters)
    {
        var host = new CliHost { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = run.Folder, ProgramDirectory = run.Folder };
        using var session = new Session(host, new SessionOptions());
        return RunStrategies.Make(session, names, parameters);
    }
}
