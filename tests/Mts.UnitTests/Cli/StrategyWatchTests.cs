using Mts.Cli;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Engine;
using Mts.UnitTests.Engine.Guards;

namespace Mts.UnitTests.Cli;

public sealed class StrategyWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_returns_is_the_result()
    {
        var watch = new StrategyWatch(TimeSpan.FromSeconds(30), TimeProvider.System);
        var result = await watch.RunAsync(() => Run(new Rule("Calm", x => x.Want(true)), new RunProgress()), new RunProgress(), Token);
        result.Trades.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_it_throws_reaches_the_caller()
    {
        var watch = new StrategyWatch(TimeSpan.FromSeconds(30), TimeProvider.System);
        var failed = await Should.ThrowAsync<StrategyException>(() => watch.RunAsync(() => Run(new Rule("Broken", x => throw new InvalidOperationException("on purpose")), new RunProgress()), new RunProgress(), Token));
        failed.Message.ShouldBe("strategy Broken failed at 2024-01-02T00:00:00Z, bar 1 of test BTC/USDT 1d: InvalidOperationException: on purpose");
    }

    [Fact]
    public async Task A_strategy_that_does_not_return_is_named_with_instant_and_bar()
    {
        using var end = new ManualResetEventSlim();
        using var stuck = new ManualResetEventSlim();
        var (clock, progress) = (new ManualTimeProvider(), new RunProgress());
        var watch = new StrategyWatch(TimeSpan.FromSeconds(30), clock);
        var strategy = new Rule("Stuck", x =>
        {
            if (x.Index != 2) return;
            stuck.Set();
            end.Wait(Token);
        });
        var watched = watch.RunAsync(() => Run(strategy, progress), progress, Token);
        stuck.Wait(Token); // time stands until then
        var failed = await Should.ThrowAsync<StrategyException>(() => clock.RunAsync(() => watched, Token));
        failed.Message.ShouldBe("strategy Stuck did not return within 30 s at 2024-01-04T00:00:00Z, bar 3 of test BTC/USDT 1d; the run was given up. --strategy-timeout allows more.");
        end.Set();
    }

    [Fact]
    public async Task One_that_does_not_return_from_its_start_is_named_too()
    {
        using var end = new ManualResetEventSlim();
        using var stuck = new ManualResetEventSlim();
        var (clock, progress) = (new ManualTimeProvider(), new RunProgress());
        var watch = new StrategyWatch(TimeSpan.FromSeconds(30), clock);
        var watched = watch.RunAsync(() => Run(new Rule("Stuck", _ => { }, start: Hangs), progress), progress, Token);
        stuck.Wait(Token);
        var failed = await Should.ThrowAsync<StrategyException>(() => clock.RunAsync(() => watched, Token));
        failed.Message.ShouldBe("strategy Stuck did not return within 30 s in OnStart, before the first bar; the run was given up. --strategy-timeout allows more.");
        end.Set();

        void Hangs()
        {
            stuck.Set();
            end.Wait(Token);
        }
    }

    [Fact]
    public async Task In_a_search_it_is_named_with_its_parameters()
    {
        using var end = new ManualResetEventSlim();
        using var stuck = new ManualResetEventSlim();
        var (clock, progress) = (new ManualTimeProvider(), new RunProgress());
        var catalog = new Rules(k => x =>
        {
            if (k != "2" || x.Index != 2) return;
            stuck.Set();
            end.Wait(Token);
        });
        var space = SearchSpace.Of(catalog.All[0], new Dictionary<string, string> { ["k"] = "1" }, ["k=1,2"]);
        var optimizer = new Optimizer(catalog, Runs.Inputs(Runs.Closes(100, 110, 120, 130, 140)), null, Runs.Free, Runs.Labels) { Progress = progress };
        var watched = new StrategyWatch(TimeSpan.FromSeconds(30), clock).RunAsync(() => optimizer.Run(space, new OptimizerOptions(), Token), progress, Token);
        stuck.Wait(Token);
        var failed = await Should.ThrowAsync<StrategyException>(() => clock.RunAsync(() => watched, Token));
        failed.Message.ShouldStartWith("with k=2: strategy Rules did not return within 30 s at 2024-01-04T00:00:00Z, bar 3 of ");
        end.Set();
    }

    private sealed class Rules(Func<string, Action<Moment>> say) : IStrategyCatalog
    {
        public IReadOnlyList<StrategyDescriptor> All { get; } = [new("Rules", "One rule for each k.", [new ParameterSpec("k", 1, 1, 2, IsInteger: true, "which")])];

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => new Rule(name, say(parameters["k"]));
    }

    private static BacktestResult Run(Rule strategy, RunProgress progress) =>
        Backtest.Run(Runs.Inputs(Runs.Closes(100, 110, 120, 130, 140)), [strategy], null, null, Runs.Free, Runs.Labels, Token, progress);
}
