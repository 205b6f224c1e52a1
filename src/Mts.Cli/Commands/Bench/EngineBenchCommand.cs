using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench engine</c>: backtests of ten thousand bars and ten times as many, and again, up to a length; a portfolio; a search.</summary>
internal static class EngineBenchCommand
{
    private const int Shortest = 10_000;

    public static Command Create(CliHost host)
    {
        var most = Flags.Whole("--most", "Length of the longest series; a hundred million bars take 6 GB.", 10_000_000, Shortest, 100_000_000, "between 10000 and 100000000");
        var seed = Flags.Whole("--seed", "The series follow from it.", 1, 0, int.MaxValue, "from 0 to 2147483647");
        return new Command("engine", "Measures backtests of growing length, a portfolio and a search.") { most, seed }.Runs(host, (session, arguments, cancellationToken) =>
        {
            var (work, from) = (new EngineWorkloads(cancellationToken), arguments.GetValue(seed));
            var results = new List<BenchResult>();
            for (var bars = (long)Shortest; bars <= arguments.GetValue(most); bars *= 10) results.Add(work.One(BenchSeries.Of((int)bars, from)));
            results.Add(work.Portfolio(from));
            results.Add(work.Search(BenchSeries.Of(100_000, from)));
            BenchCommand.Show(session, results);
            return Task.FromResult(ExitCode.Done);
        });
    }
}
