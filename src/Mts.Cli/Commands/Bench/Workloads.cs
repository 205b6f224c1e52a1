using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Storage.Files;
using Mts.Storage.Files.Import;
using Mts.Storage.Sqlite;
using Mts.Strategies;

namespace Mts.Cli.Commands.Bench;

/// <summary>The work that is measured, each on the same seeded series.</summary>
internal sealed class Workloads(BarSeries series, string folder, TimeProvider clock, CancellationToken cancellationToken)
{
    private const int Runs = 5;
    private const int SearchedBars = 100_000;
    private static readonly Provenance Origin = new("bench", new Timestamp(0), "bench", new string('0', 64));

    /// <summary>The whole engine: orders, fees, slippage, trades, equity, metrics; fees small enough that the account lives to the end.</summary>
    public BenchResult Engine()
    {
        var inputs = new BacktestInputs
        {
            Instruments = [new InstrumentData("bitcoin", series)], Start = new Timestamp(series.OpenTimes[0]), End = series.CloseTime(series.Length - 1),
        };
        var options = new BacktestOptions { FeeBps = 0.1m, SlippageBps = 0 };
        var labels = new RunLabels { Version = "bench" };
        var catalog = new StrategyCatalog();
        var seconds = Cpu.Median(Cpu.Of(
            () => Backtest.Run(inputs, [catalog.Create("SmaCross", new Dictionary<string, string>())], null, null, options, labels, cancellationToken), Runs));
        return new BenchResult($"backtest, SmaCross 10/50 over {Count} bars in memory", series.Length / seconds, "bars/CPU-s", null, IsRate: true);
    }

    /// <summary>A search over a thousand pairs of means on the first 100,000 bars, its figures of luck and the ten best in full included.</summary>
    public BenchResult Search()
    {
        var bars = series.Slice(new Timestamp(series.OpenTimes[0]), new Timestamp(series.OpenTimes[Math.Min(series.Length, SearchedBars) - 1] + 1));
        var inputs = new BacktestInputs { Instruments = [new InstrumentData("bitcoin", bars)], Start = bars[0].OpenTime, End = bars.CloseTime(bars.Length - 1) };
        var catalog = new StrategyCatalog();
        var space = SearchSpace.Of(catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string>(), ["fast=5..29", "slow=40..79"]);
        var optimizer = new Optimizer(catalog, inputs, null, new BacktestOptions { FeeBps = 0.1m, SlippageBps = 0 }, new RunLabels { Version = "bench" });
        var seconds = Cpu.Median(Cpu.Of(() => optimizer.Run(space, new OptimizerOptions(), cancellationToken), 1));
        return new BenchResult($"search, {space.Combinations} SmaCross pairs over {bars.Length.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture)} bars", space.Combinations / seconds, "backtests/CPU-s", 1_500, IsRate: true);
    }

    public BenchResult WriteCsv()
    {
        var seconds = Cpu.Median(Cpu.Of(() => CsvExport.Write(series, Csv), 1));
        return new BenchResult($"export of {Count} rows to CSV", series.Length / seconds, "rows/CPU-s", null, IsRate: true);
    }

    public BenchResult Import()
    {
        var options = new BarImportOptions { Now = Timestamp.Now(clock), Symbol = series.Key.Symbol, Venue = series.Key.Venue };
        var seconds = Cpu.Median(Cpu.Of(() => BarFileReader.Read([Csv], options), Runs));
        return new BenchResult($"import of a CSV of {Count} rows, checked", series.Length / seconds, "rows/CPU-s", null, IsRate: true);
    }

    public IEnumerable<BenchResult> Sqlite()
    {
        var bars = Enumerable.Range(0, series.Length).Select(i => series[i]).ToArray();
        var run = 0;
        var written = Cpu.Median(Cpu.Of(
            () =>
            {
                using var store = SqliteStore.OpenWriter(Path.Combine(folder, $"store{run++}"), clock);
                store.WriteBars(series.Key, true, bars, Origin);
            },
            Runs));
        yield return new BenchResult($"SQLite, {Count} bars inserted with provenance, key and hash", series.Length / written, "rows/CPU-s", 370_000, IsRate: true);
        using var reader = SqliteStore.OpenReader(Path.Combine(folder, "store0"), clock);
        var read = Cpu.Median(Cpu.Of(() => reader.ReadBars(series.Key, Timestamp.MinValue, Timestamp.MaxValue), Runs));
        yield return new BenchResult($"SQLite, {Count} bars read in order", series.Length / read, "rows/CPU-s", 1_450_000, IsRate: true);
    }

    public IEnumerable<BenchResult> Processes()
    {
        yield return new BenchResult("whole process: mts version", Cpu.OfProcess(["version"], folder, 10), "CPU-s", 0.15, IsRate: false);
        yield return new BenchResult("whole process: mts data status, one series", Cpu.OfProcess(["data", "status", "--data-dir", Path.Combine(folder, "store0")], folder, 5), "CPU-s", null, IsRate: false);
        var report = Path.Combine(folder, "report.html");
        yield return new BenchResult(
            $"whole process: mts backtest --data, CSV of {Count} rows to a report",
            Cpu.OfProcess(["backtest", "--data", Csv, "--symbols", "BTC/USDT", "--strategy", "SmaCross", "--fee-bps", "0.1", "--report", report, "--data-dir", folder], folder, 3), "CPU-s", 1, IsRate: false);
    }

    private string Csv => Path.Combine(folder, "bars.csv");

    private string Count => series.Length.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture);
}
