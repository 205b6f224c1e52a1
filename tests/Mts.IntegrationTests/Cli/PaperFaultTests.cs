using Mts.IntegrationTests.Docs;

namespace Mts.IntegrationTests.Cli;

/// <summary>A paper session in which one of two strategies does not return.</summary>
public sealed class PaperFaultTests
{
    [Fact]
    public async Task A_strategy_that_hangs_is_given_up_and_the_other_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var shell = await SimulatedShell.StartAsync(Checkout.Root, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "Stuck.cs"), Stuck, cancellationToken);

        var (exitCode, output, error) = await shell.RunAsync(
            "mts paper --strategy SmaCross Stuck --param SmaCross.fast=1 SmaCross.slow=2 --strategy-path Stuck.cs --symbols BTC --interval 1s --warm-up 4 --duration 8s --session two --strategy-timeout 1s", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        error.ShouldContain("strategy Stuck is given up, the others go on: it did not return within 1 s, bar ");
        output.ShouldContain("the time is up");

        (exitCode, output, error) = await shell.RunAsync("mts replay --session two --strategy-path Stuck.cs --verify", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        (exitCode, output, error) = await shell.RunAsync("mts paper --session two --strategy-path Stuck.cs --duration 2s --json", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        output.ShouldContain("\"kind\":\"given_up\"");
    }

    [Fact]
    public async Task One_that_hangs_in_its_start_is_given_up_too_and_alone_leaves_no_session()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var shell = await SimulatedShell.StartAsync(Checkout.Root, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "Stuck.cs"), Stuck.Replace("context) { }", "context) => System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);", StringComparison.Ordinal), cancellationToken);
        const string Paper = "mts paper --strategy-path Stuck.cs --symbols BTC --interval 1s --warm-up 4 --strategy-timeout 1s";

        var (exitCode, output, error) = await shell.RunAsync($"{Paper} --strategy Stuck --session alone", cancellationToken);
        exitCode.ShouldBe(1, output + error);
        error.ShouldContain("OnStart of strategy Stuck did not return within 1 s at ");
        error.ShouldContain("--strategy-timeout allows more.");
        Directory.Exists(Path.Combine(shell.Folder, "data", "paper", "alone")).ShouldBeFalse();

        (exitCode, output, error) = await shell.RunAsync("mts paper --strategy SmaCross --symbols BTC/EUR --interval 1s --session unlisted", cancellationToken);
        exitCode.ShouldBe(4, output + error);
        error.ShouldContain("The venue lists no such market");
        Directory.Exists(Path.Combine(shell.Folder, "data", "paper", "unlisted")).ShouldBeFalse();

        (exitCode, output, error) = await shell.RunAsync($"{Paper} --strategy Stuck SmaCross --param SmaCross.fast=1 SmaCross.slow=2 --duration 4s --session two", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        error.ShouldContain("strategy Stuck is given up, the others go on: it did not return within 1 s, in OnStart, before the first bar");

        (exitCode, output, error) = await shell.RunAsync("mts replay --session two --strategy-path Stuck.cs --verify", cancellationToken);
        exitCode.ShouldBe(0, output + error);
    }

    private const string Stuck = """
        using Mts.Core.Ports;

        public sealed class Stuck : IUserStrategy
        {
            private int slices;

            public static StrategyDescriptor Descriptor { get; } = new("Stuck", "Does not return from its sixth slice.", []);

            public string Name => "Stuck";

            public StrategyNeeds Needs { get; } = new();

            public static IStrategy Create(System.Collections.Generic.IReadOnlyDictionary<string, double> parameters) => new Stuck();

            public void OnStart(IStrategyContext context) { }

            public void OnSlice(in MarketSlice slice, IStrategyContext context)
            {
                if (++slices == 6) System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);
            }
        }
        """;
}
