using System.CommandLine;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Reports;
using Mts.Cli.UserStrategies;
using Mts.Core.Quality;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Analytics;
using Mts.Engine.Guards;
using Mts.Engine.Reports;
using Mts.Storage.Files.Import;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Backtests;

/// <summary><c>mts backtest</c>: judges strategies on stored bars or on a file.</summary>
internal static class BacktestCommand
{
    public static Command Create(CliHost host)
    {
        var flags = new BacktestFlags();
        var command = new Command("backtest", "Judges strategies on the past.");
        flags.AddTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            PageFile.Check(session, flags.Report.Name, arguments.GetValue(flags.Report));
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(flags.StrategyPath), StrategyLimit.OfFlag(arguments.GetValue(flags.StrategyTimeout)), cancellationToken);
            var strategies = RunStrategies.Make(session, available, flags.StrategyNames(arguments), arguments.GetValue(flags.Parameters) ?? []).Sized(flags.Allocation.Of(arguments));
            var (inputs, warnings, quality) = Load(session, arguments, flags, strategies, cancellationToken);
            var options = await OptionsAsync(session, arguments, flags, inputs, cancellationToken);
            inputs = WithPrices(session, arguments, flags, inputs);
            var run = new GuardedRun
            {
                Inputs = inputs, Make = strategies.Fresh, Aggregator = Aggregator(arguments, flags, strategies), Risk = Risk(session, arguments, flags, inputs),
                Options = options,
                Labels = new RunLabels
                {
                    Version = VersionCommand.Version, Parameters = strategies.Parameters, SourceHashes = [.. strategies.Uses.Select(u => u.SourceHash)],
                    Warnings = [.. warnings, .. WarningsOf(inputs)], Quality = quality,
                },
                Progress = new RunProgress(),
                Aside = StrategyConsole.Aside,
            };
            var result = await Watch(session, arguments, flags).RunAsync(() => GuardedBacktest.Run(run, cancellationToken), run.Progress, cancellationToken);
            var analysis = RunAnalysis.Of(result);
            var isKept = arguments.GetValue(flags.Data) is null && !flags.Book.IsGiven(arguments);
            var json = isKept || session.Output.IsJson ? BacktestJson.Write(result, analysis: analysis) : [];
            if (isKept) RunFiles.Keep(session, result.Run.Id, json);
            session.Metrics.Add("bars", result.Metrics.Bars);
            BacktestView.Show(session, result, analysis);
            var luck = arguments.GetValue(flags.MonteCarlo) is > 0 and var paths ? Luck(result, analysis, paths, Again, cancellationToken) : null;
            if (luck is not null) MonteCarloView.Show(session, luck);
            if (arguments.GetValue(flags.Report) is { } page) PageFile.Write(session, page, HtmlReport.Write(result, analysis, luck));
            session.Output.Raw(!session.Output.IsJson ? "" : Encoding.UTF8.GetString(luck is null ? json : BacktestJson.Write(result, analysis: analysis, luck: luck)));
            return Verdict(session, arguments, flags, result);

            // Strategies remember; what runs again begins with fresh ones.
            BacktestResult Again(BacktestOptions dearer)
            {
                using var aside = StrategyConsole.Aside();
                return Backtest.Run(inputs, run.Make(), run.Aggregator, run.Risk, dearer, run.Labels, cancellationToken);
            }
        });
    }

    /// <summary>A result that must not be believed has been shown, and the caller is told by the exit code.</summary>
    internal static int Verdict(Session session, ParseResult arguments, BacktestFlags flags, BacktestResult result)
    {
        if (result.Guards is null or { IsSound: true } || arguments.GetValue(flags.AllowLookAhead)) return ExitCode.Done;
        session.Output.Note("the result must not be believed: a guard failed. --allow-look-ahead takes it all the same.");
        return ExitCode.Failed;
    }

    internal static StrategyWatch Watch(Session session, ParseResult arguments, BacktestFlags flags) => new(arguments.GetValue(flags.StrategyTimeout) ?? StrategyWatch.Usual, session.Clock);

    internal static (BacktestInputs Inputs, IReadOnlyList<string> Warnings, IReadOnlyList<SeriesQuality> Quality) Load(Session session, ParseResult arguments, BacktestFlags flags, RunStrategies strategies, CancellationToken cancellationToken)
    {
        var symbols = arguments.GetValue(flags.Symbols) ?? [];
        var venue = arguments.GetValue(flags.Venue)?.ToLowerInvariant();
        var macro = strategies.Strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal).ToList();
        var warmUp = arguments.GetValue(flags.WarmUp);
        if (flags.Book.IsGiven(arguments))
        {
            var length = arguments.GetValue(flags.BarLength) ?? Interval.Minute;
            var book = new BookData(session, flags.Book.Files(arguments), venue, flags.Book.Market(arguments), length);
            var (inputs, warnings, quality) = book.Load(symbols, RunRange.Of(arguments.GetValue(flags.Start), arguments.GetValue(flags.End), length), warmUp, macro, cancellationToken);
            return (inputs, [.. warnings, .. RunQuality.Refuse(quality, arguments.GetValue(flags.AllowGaps))], quality);
        }

        if (arguments.GetValue(flags.Data) is { } file)
        {
            var path = Import.ImportFiles.Existing(session, [file])[0];
            var length = arguments.GetValue(flags.BarLength);
            var days = RunRange.Of(arguments.GetValue(flags.Start), arguments.GetValue(flags.End), length ?? Interval.Minute);
            var options = new BarImportOptions
            {
                Now = Timestamp.Now(session.Clock), AsOf = arguments.GetValue(flags.AsOf), Interval = length, Venue = venue,
                Symbol = symbols.Length > 0 ? Import.ImportFiles.Market(session, symbols[0], venue) : null, HashesFiles = false,
            };
            var (inputs, warnings, quality) = RunData.FromFile(session, path, options, days, warmUp, macro, arguments.GetValue(flags.AllowGaps));
            return (inputs, [.. warnings, .. RunQuality.Refuse(quality, arguments.GetValue(flags.AllowGaps))], quality);
        }

        var interval = arguments.GetValue(flags.BarLength) ?? session.Settings.Backtest.Interval;
        var range = RunRange.Of(arguments.GetValue(flags.Start), arguments.GetValue(flags.End), interval);
        foreach (var symbol in symbols) _ = Markets.Known(session.Assets, symbol);
        using var store = session.OpenReader();
        var stored = RunData.FromStore(session, store, symbols, venue, interval, range, warmUp, macro);
        var judged = RunQuality.OfStore(store, stored);
        return (WithFiner(stored, store, flags.FinerOf(arguments)), RunQuality.Refuse(judged, arguments.GetValue(flags.AllowGaps)), judged);
    }

    internal static async Task<BacktestOptions> OptionsAsync(Session session, ParseResult arguments, BacktestFlags flags, BacktestInputs inputs, CancellationToken cancellationToken)
    {
        var options = await flags.Trading.OptionsAsync(session, arguments, [.. inputs.Instruments.Select(i => i.ToInstrument())], flags.Book.IsGiven(arguments) ? 0 : null, cancellationToken);
        return options with
        {
            Execution = options.Execution with { Finer = flags.FinerOf(arguments), Queue = flags.Book.Model(arguments) },
            AllowGaps = arguments.GetValue(flags.AllowGaps),
            WarmUp = arguments.GetValue(flags.WarmUp),
            EquityPerBar = arguments.GetValue(flags.Equity) == "bars",
        };
    }

    /// <summary>The inputs with the recorded spreads and the mark prices that were asked for.</summary>
    internal static BacktestInputs WithPrices(Session session, ParseResult arguments, BacktestFlags flags, BacktestInputs inputs) => MarkFiles.With(
        session, flags.MarksOf(arguments), flags.Trading.Costs.WithSpreads(session, arguments, inputs), flags.FinerOf(arguments) ?? inputs.Instruments[0].Series.Key.Interval);

    private static BacktestInputs WithFiner(BacktestInputs inputs, SqliteStore store, Interval? finer) => finer is not { } length ? inputs : inputs with
    {
        Instruments = [.. inputs.Instruments.Select(i => i with { Finer = store.ReadColumns(i.Series.Key with { Interval = length }, inputs.Start, inputs.End) })],
    };

    private static MonteCarloResult Luck(BacktestResult result, RunAnalysis analysis, int paths, Func<BacktestOptions, BacktestResult> again, CancellationToken cancellationToken)
    {
        var luck = MonteCarlo.Of(analysis.Daily, [.. result.Trades.Select(t => (double)t.Pnl)], paths, result.Run.Options.Seed, cancellationToken);
        return luck with { Stress = StressedRun.Of(result.Run.Options, again) };
    }

    private static SignalAggregator? Aggregator(ParseResult arguments, BacktestFlags flags, RunStrategies strategies)
    {
        var names = strategies.Strategies.Select(s => s.Name).ToList();
        return flags.Aggregator.Of(arguments, names) is { } options ? new SignalAggregator(options, names) : null;
    }

    internal static RiskPolicy? Risk(Session session, ParseResult arguments, BacktestFlags flags, BacktestInputs inputs) =>
        flags.Trading.Limits(session, arguments) is { } limits ? new RiskPolicy(limits, [.. inputs.Instruments.Select(i => i.Asset)]) : null;

    internal static IReadOnlyList<string> WarningsOf(BacktestInputs inputs) =>
        [.. inputs.Instruments.Where(i => i.Series.Key.Venue == "coingecko").Select(i => $"{i.Series.Key}: prices are an aggregate of many venues, nobody could trade at them")];
}
