using Mts.Storage.Files;
using Mts.Storage.Files.Import;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Bench;

/// <summary>The work that is measured, each on the same seeded series.</summary>
internal sealed class Workloads(BarSeries series, string folder, TimeProvider clock, CancellationToken cancellationToken)
{
    private const int Runs = 5;
    private static readonly Provenance Origin = new("bench", new Timestamp(0), "bench", new string('0', 64));

    public IEnumerable<BenchResult> Engine()
    {
        var work = new EngineWorkloads(cancellationToken);
        yield return work.One(series);
        yield return work.Portfolio(1);
        yield return work.Search(series);
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
        var columns = Cpu.Median(Cpu.Of(() => reader.ReadColumns(series.Key, Timestamp.MinValue, Timestamp.MaxValue), 4 * Runs));
        yield return new BenchResult($"file of columns beside it, {Count} bars read and checked, warm", series.Length / columns, "rows/CPU-s", 31_000_000, IsRate: true);
    }

    public IEnumerable<BenchResult> Processes()
    {
        yield return new BenchResult("whole process: mts version", Cpu.OfProcess(["version"], folder, 10), "CPU-s", 0.15, IsRate: false);
        yield return new BenchResult("whole process: mts data status, one series", Cpu.OfProcess(["data", "status", "--data-dir", Path.Combine(folder, "store0")], folder, 5), "CPU-s", null, IsRate: false);
        var report = Path.Combine(folder, "report.html");
        yield return new BenchResult(
            $"whole process: mts backtest --data, CSV of {Count} rows to a report",
            Cpu.OfProcess(["backtest", "--data", Csv, "--symbols", "BTC/USDT", "--strategy", "SmaCross", "--fee-bps", "0.1", "--report", report, "--data-dir", folder], folder, 3), "CPU-s", 0.46, IsRate: false);
    }

    private string Csv => Path.Combine(folder, "bars.csv");

    private string Count => series.Length.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture);
}
