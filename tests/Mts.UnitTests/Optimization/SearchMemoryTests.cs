using System.Text;
using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;
using Mts.Engine.Reports;
using Mts.Storage.Files.Searches;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

/// <summary>What one search leaves to the next: its trials, and itself where it was interrupted.</summary>
public sealed class SearchMemoryTests : IDisposable
{
    private static readonly StrategyCatalog Catalog = new();
    private static readonly BarSeries Market = Runs.Random(6, 500);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-searches-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Trials_of_earlier_searches_count_and_deflate_the_next_one()
    {
        var first = Search(Files(), new OptimizerOptions(), "fast=3..6", "slow=20,30");
        var second = Search(Files(), new OptimizerOptions(), "fast=5..8", "slow=20,30");

        (first.Ledger.Earlier, first.Ledger.Ever).ShouldBe((0, 8));
        (second.Ledger.Earlier, second.Ledger.Ever).ShouldBe((4, 12)); // fast = 3 and 4 with two values of slow each
        first.DeflatedSharpe.ShouldBe(first.DeflatedSharpeOfSearch);
        second.DeflatedSharpe!.Value.ShouldBe(DeflatedSharpeRatio.Of(Shape(second.Best!), 12, Variance(first, second))!.Value, 1e-12);
    }

    [Fact]
    public void The_same_search_again_adds_nothing_and_says_the_same()
    {
        var once = OptimizationJson.Write(Search(Files(), new OptimizerOptions(), "fast=3..6", "slow=20,30"));
        var lines = Lines();
        var again = OptimizationJson.Write(Search(Files(), new OptimizerOptions(), "fast=3..6", "slow=20,30"));

        Encoding.UTF8.GetString(again).ShouldBe(Encoding.UTF8.GetString(once));
        Lines().ShouldBe(lines);
        lines.Length.ShouldBe(1 + 8);
        lines.Skip(1).ShouldAllBe(l => l.Length < 100);
    }

    [Fact]
    public void What_a_search_tried_on_its_own_folds_is_no_earlier_search()
    {
        var options = new OptimizerOptions { Method = SearchMethod.Genetic, Trials = 30, Seed = 3, Validation = new Validation.WalkForward(false, 2, null, null) };
        var once = Search(Files(), options, "fast=3..20", "slow=25..40:5");
        once.Ledger.ShouldBe(new LedgerCount(0, 30));
        Lines().Length.ShouldBeGreaterThan(40); // what the folds tried is there
        var again = Search(Files(), options, "fast=3..20", "slow=25..40:5");

        Encoding.UTF8.GetString(OptimizationJson.Write(again)).ShouldBe(Encoding.UTF8.GetString(OptimizationJson.Write(once)));
        Search(Files(), options with { Seed = 4 }, "fast=3..20", "slow=25..40:5").Ledger.Earlier.ShouldBeGreaterThan(0); // to another one it is
    }

    [Fact]
    public void Data_that_does_not_overlap_and_other_strategies_do_not_count_and_other_costs_do()
    {
        _ = Search(Files(), new OptimizerOptions(), "fast=3..6", "slow=20,30");
        var later = Runs.Closes([.. Enumerable.Range(0, 200).Select(i => 100 + (10 * Math.Sin(i / 5.0)))]);
        var shifted = BarSeries.From(later.Key, true, [.. Enumerable.Range(0, 200).Select(i => later[i] with { OpenTime = new Timestamp(later.OpenTimes[i] + (500 * Timestamp.MicrosPerDay)) })]);

        Search(Files(), new OptimizerOptions(), shifted, new BacktestOptions(), "fast=3", "slow=20").Ledger.ShouldBe(new LedgerCount(0, 1));
        Search(Files(), new OptimizerOptions(), Market, new BacktestOptions { FeeBps = 1 }, "fast=3", "slow=20").Ledger.ShouldBe(new LedgerCount(8, 9));
    }

    [Fact]
    public void A_torn_line_is_passed_over_and_cut_away()
    {
        _ = Search(Files(), new OptimizerOptions(), "fast=3..6", "slow=20,30");
        var file = Directory.EnumerateFiles(folder.FullName, "*.jsonl", SearchOption.AllDirectories).Single();
        File.AppendAllText(file, "[\"00000000000000");

        Search(Files(), new OptimizerOptions(), "fast=7", "slow=20").Ledger.ShouldBe(new LedgerCount(8, 9));
        Lines().ShouldAllBe(l => l.StartsWith('{') || l.EndsWith(']'));
    }

    [Fact]
    public void Searches_that_run_at_once_lose_nothing()
    {
        var scope = new TrialScope("SmaCross", ["test BTC/USDT 1d"]);
        var batch = new TrialBatch("s", "grid", "sharpe", Runs.Start, new Timestamp(Runs.Start.Micros + 1));
        Parallel.For(0, 8, writer => Files().AppendTrials(scope, batch, [.. Enumerable.Range(0, 50).Select(i => new TrialNote((ulong)((writer * 1_000) + i), batch.Search, batch.Start, batch.End, 0.1, null))]));

        Files().ReadTrials(scope).Select(t => t.Id).Distinct().Count().ShouldBe(400);
        Files().ReadAll().Select(b => b.Trials.Count).ShouldBe(Enumerable.Repeat(50, 8));
    }

    [Theory]
    [InlineData(SearchMethod.Grid, 1)]
    [InlineData(SearchMethod.Random, 13)]
    [InlineData(SearchMethod.Bayesian, 40)]
    [InlineData(SearchMethod.Genetic, 27)]
    [InlineData(SearchMethod.Genetic, 110)] // in the folds
    public void An_interrupted_search_goes_on_to_the_same_bytes_and_what_it_did_is_not_done_again(SearchMethod method, int after)
    {
        var options = new OptimizerOptions { Method = method, Trials = 60, Seed = 3, Validation = new Validation.WalkForward(false, 2, null, null) };
        string[] space = ["fast=3..20", "slow=25..40:5"];
        var (uninterrupted, interrupted, resumed) = (new Counting(), new Counting(), new Counting());
        var whole = OptimizationJson.Write(Optimizer(null, uninterrupted).Run(Space(space), options, TestContext.Current.CancellationToken));

        using var interruption = new CancellationTokenSource();
        interrupted.OnTrial = tried => { if (tried == after) interruption.Cancel(); };
        Should.Throw<OperationCanceledException>(() => Optimizer(Files(), interrupted).Run(Space(space), options with { Workers = 1 }, interruption.Token));
        var found = 0;
        var rest = new Optimizer(resumed, Runs.Inputs(Market), null, new BacktestOptions(), Runs.Labels) { Store = Files(), OnResumed = n => found = n }.Run(Space(space), options, TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(OptimizationJson.Write(rest)).ShouldBe(Encoding.UTF8.GetString(whole));
        found.ShouldBe(after);
        resumed.Tried.ShouldBe(uninterrupted.Tried - after);
        Directory.EnumerateFiles(folder.FullName, "*.trials", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_torn_record_ends_what_is_found_and_another_process_finds_the_search_taken()
    {
        using (var progress = Files().OpenProgress("s")!)
        {
            progress.Keep(0, 1, [1, 2, 3]);
            progress.Keep(1, 1, [4]);
            Files().OpenProgress("s").ShouldBeNull();
        }

        var file = Directory.EnumerateFiles(folder.FullName, "s.trials", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        using var again = Files().OpenProgress("s")!;
        again.Found.ShouldBe(1);
        again.Find(0, 1).ShouldBe([1, 2, 3]);
        again.Find(1, 1).ShouldBeNull();
    }

    private string[] Lines() => File.ReadAllLines(Directory.EnumerateFiles(folder.FullName, "*.jsonl", SearchOption.AllDirectories).Single());

    private SearchFiles Files() => new(folder.FullName, TimeProvider.System);

    private static ReturnShape Shape(BacktestResult result) => ReturnShape.Of(Returns.Of([.. result.Equity.Select(p => p.Value)]))!.Value;

    private static double Variance(params OptimizationResult[] searches)
    {
        var sharpes = searches.SelectMany(s => s.Top).DistinctBy(t => t.Run.Id).Select(t => Shape(t).Sharpe).ToList();
        return sharpes.Sum(s => Math.Pow(s - sharpes.Average(), 2)) / (sharpes.Count - 1);
    }

    private static OptimizationResult Search(ISearchStore? store, OptimizerOptions options, params string[] given) => Search(store, options, Market, new BacktestOptions(), given);

    private static OptimizationResult Search(ISearchStore? store, OptimizerOptions options, BarSeries market, BacktestOptions backtest, params string[] given) =>
        new Optimizer(Catalog, Runs.Inputs(market), null, backtest, Runs.Labels) { Store = store }.Run(Space(given), options, TestContext.Current.CancellationToken);

    private static Optimizer Optimizer(ISearchStore? store, IStrategyCatalog catalog) => new(catalog, Runs.Inputs(Market), null, new BacktestOptions(), Runs.Labels) { Store = store };

    private static SearchSpace Space(string[] given) => SearchSpace.Of(Catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string> { ["fast"] = "10", ["slow"] = "50" }, given);

    /// <summary>Tells how many trials were run.</summary>
    private sealed class Counting : IStrategyCatalog
    {
        private int tried;

        public Action<int> OnTrial { get; set; } = _ => { };

        public int Tried => tried;

        public IReadOnlyList<StrategyDescriptor> All => Catalog.All;

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => new Counted((ITurningStrategy)Catalog.Create(name, parameters), this);

        private sealed class Counted(ITurningStrategy strategy, Counting counting) : ITurningStrategy
        {
            public string Name => strategy.Name;

            public StrategyNeeds Needs => strategy.Needs;

            public void OnStart(IStrategyContext context) => strategy.OnStart(context);

            public void OnSlice(in MarketSlice slice, IStrategyContext context) => strategy.OnSlice(slice, context);

            public bool TryFindTurns(PrefixSums closes, List<int> turns)
            {
                counting.OnTrial(Interlocked.Increment(ref counting.tried));
                return strategy.TryFindTurns(closes, turns);
            }
        }
    }
}
