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
