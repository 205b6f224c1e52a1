using System.Text.Json;

namespace Mts.UnitTests.Cli;

/// <summary>Strategies of the user's, compiled by the SDK that also compiled these tests.</summary>
public sealed class UserStrategyTests : IDisposable
{
    private readonly CliRun run = new();

    public UserStrategyTests() => run.Write("bars.csv", CliRun.DailyBars(200));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_new_strategy_runs_is_kept_and_is_known_by_its_source()
    {
        (await run.RunAsync("strategy", "new", "rsiDipStrategy", "--out", "mine")).ShouldBe(0, run.Error);
        var file = Path.Combine(run.Folder, "mine", "RsiDip", "RsiDipStrategy.cs");
        File.Exists(file).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(run.Folder, "mine", "RsiDip")).Select(Path.GetFileName).ShouldContain("RsiDip.csproj");
        (await run.RunAsync("strategy", "new", "RsiDip", "--out", "mine")).ShouldBe(2);
        run.Error.ShouldContain("nothing is overwritten");

        (await BacktestAsync("mine/RsiDip", "--param", "length=10")).ShouldBe(0, run.Error);
        run.Error.ShouldContain("compiling");
        var (first, use) = (run.Out, Use(run.Out));
        use.GetProperty("name").GetString().ShouldBe("RsiDip");
        use.GetProperty("source_hash").GetString()!.Length.ShouldBe(64);
        JsonDocument.Parse(first).RootElement.GetProperty("trades").GetArrayLength().ShouldBeGreaterThan(3);

        // Again: not compiled, the same bytes. As a search: the same figures.
        (await BacktestAsync("mine/RsiDip", "--param", "length=10")).ShouldBe(0, run.Error);
        run.Error.ShouldNotContain("compiling");
        run.Out.ShouldBe(first);
        (await run.RunAsync("optimize", "--strategy-path", "mine/RsiDip", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "RsiDip", "--param", "length=10,20", "--json")).ShouldBe(0, run.Error);
        var trial = JsonDocument.Parse(run.Out).RootElement.GetProperty("top").EnumerateArray().First(t => t.GetProperty("params").GetProperty("length").ToString() == "10");
        trial.GetProperty("run").GetString().ShouldBe(JsonDocument.Parse(first).RootElement.GetProperty("run").GetProperty("id").GetString());

        // The compiled file is the same strategy by another identity; nothing was left in the user's folder.
        var compiled = Directory.GetFiles(run.Folder, "RsiDip.dll", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await BacktestAsync(compiled, "--param", "length=10")).ShouldBe(0, run.Error);
        Use(run.Out).GetProperty("source_hash").GetString().ShouldNotBe(use.GetProperty("source_hash").GetString());
        JsonDocument.Parse(run.Out).RootElement.GetProperty("metrics").GetRawText().ShouldBe(JsonDocument.Parse(first).RootElement.GetProperty("metrics").GetRawText());
        (await run.RunAsync("backtest", "--strategy-path", compiled, "--data", "bars.csv", "--strategy", "RsiDap")).ShouldBe(2);
        run.Error.ShouldContain("has RsiDip, mts itself BuyHold");
    }

    [Fact]
    public async Task A_place_that_takes_no_folder_is_told_with_the_remedy()
    {
        (await run.RunAsync("strategy", "new", "Dip", "--out", "bars.csv")).ShouldBe(1);
        run.Error.ShouldContain($"{Path.Combine(run.Folder, "bars.csv", "Dip")} cannot be written: ");
        run.Error.ShouldContain("--out names a folder that can be written.");
    }

    [Fact]
    public async Task It_may_be_called_like_a_type_that_it_uses()
    {
        (await run.RunAsync("strategy", "new", "Sma")).ShouldBe(0, run.Error);
        (await run.RunAsync("backtest", "--strategy-path", "Sma", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "Sma", "--json")).ShouldBe(0, run.Error);
        Use(run.Out).GetProperty("name").GetString().ShouldBe("Sma");
    }

    [Fact]
    public async Task One_whose_constructor_does_not_return_is_given_up()
    {
        run.Write("Stuck.cs", """
            using System.Collections.Generic;
            using Mts.Core.Ports;

            public sealed class Stuck : IUserStrategy
            {
                public Stuck() => System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);

                public static StrategyDescriptor Descriptor { get; } = new("Stuck", "Never comes to be.", []);

                public string Name => "Stuck";

                public StrategyNeeds Needs { get; } = new();

                public static IStrategy Create(IReadOnlyDictionary<string, double> parameters) => new Stuck();

                public void OnStart(IStrategyContext context) { }

                public void OnSlice(in MarketSlice slice, IStrategyContext context) { }
            }
            """);
        (await run.RunAsync("backtest", "--strategy-path", "Stuck.cs", "--strategy", "Stuck", "--data", "bars.csv", "--strategy-timeout", "3s")).ShouldBe(1);
        run.Error.ShouldContain("the constructor of strategy Stuck did not return within 3 s at ");
        run.Error.ShouldContain("--strategy-timeout allows more.");
    }

    [Fact]
    public async Task One_that_does_not_compile_is_told_with_file_and_line_and_leaves_nothing()
    {
        run.Write("Wrong.cs", "namespace Wrong;\n\npublic sealed class Wrong\n{\n    public int One() => \"1\";\n}\n");
        (await BacktestAsync("Wrong.cs")).ShouldBe(2);
        run.Error.ShouldContain("the strategy does not compile:");
        run.Error.ShouldContain($"{Path.Combine(run.Folder, "Wrong.cs")}(5,25): error CS0029");
        JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("kind").GetString().ShouldBe("configuration");
        Directory.GetFileSystemEntries(Path.Combine(run.Folder, "data", "obj", "strategies")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_single_file_will_do_but_not_under_the_name_of_one_of_mts_own()
    {
        (await run.RunAsync("strategy", "new", "Mine")).ShouldBe(0, run.Error);
        var text = await File.ReadAllTextAsync(Path.Combine(run.Folder, "Mine", "MineStrategy.cs"), TestContext.Current.CancellationToken);
        run.Write("Single.cs", text.Replace("\"Mine\"", "\"Smacross\"", StringComparison.Ordinal));
        (await BacktestAsync("Single.cs")).ShouldBe(2);
        run.Error.ShouldContain("Single.cs: the strategy Smacross has the name of one of mts' own, SmaCross");
    }

    [Fact]
    public async Task An_assembly_without_a_strategy_says_what_it_has()
    {
        (await BacktestAsync(typeof(Mts.Strategies.StrategyCatalog).Assembly.Location)).ShouldBe(2);
        run.Error.ShouldContain("has no strategy: a class that implements Mts.Core.Ports.IUserStrategy. Its classes are StrategyCatalog.");
        run.Write("none.dll", "text");
        (await BacktestAsync("none.dll")).ShouldBe(2);
        run.Error.ShouldContain("none.dll is no assembly that this mts can run");
    }

    [Theory]
    [InlineData("there is no nowhere", "nowhere")]
    [InlineData("is neither a folder, nor a .cs file, nor a .dll", "bars.csv")]
    [InlineData("there is no .cs file in empty", "empty")]
    [InlineData("has 2 projects (A.csproj, B.csproj)", "two")]
    public async Task A_path_that_holds_none_is_told(string says, string path)
    {
        Directory.CreateDirectory(Path.Combine(run.Folder, "empty"));
        run.Write("two/A.csproj", "<Project />");
        run.Write("two/B.csproj", "<Project />");
        (await BacktestAsync(path)).ShouldBe(2);
        run.Error.ShouldContain(says);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("SmaCross")]
    [InlineData("smaCrossStrategy")]
    [InlineData("mts")]
    [InlineData("System")]
    public async Task A_name_must_be_one_and_free(string name)
    {
        (await run.RunAsync("strategy", "new", name)).ShouldBe(2);
        Directory.GetDirectories(run.Folder).ShouldBeEmpty();
    }

    private static JsonElement Use(string document) => JsonDocument.Parse(document).RootElement.GetProperty("run").GetProperty("strategies")[0];

    private Task<int> BacktestAsync(string path, params string[] more) =>
        run.RunAsync(["backtest", "--strategy-path", path, "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "RsiDip", "--json", .. more]);
}
