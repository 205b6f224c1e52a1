using System.CommandLine;
using System.Globalization;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Reports;
using Mts.Storage.Files.Import;

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
            var strategies = RunStrategies.Make(session, flags.StrategyNames(arguments), arguments.GetValue(flags.Parameters) ?? []);
            var (inputs, warnings) = Load(session, arguments, flags, strategies);
            var options = await OptionsAsync(session, arguments, flags, inputs, cancellationToken);
            inputs = flags.Costs.WithSpreads(session, arguments, inputs);
            var result = Backtest.Run(
                inputs, strategies.Strategies, Aggregator(arguments, flags, strategies), Risk(session, arguments, flags, inputs), options,
                new RunLabels { Version = VersionCommand.Version, Parameters = strategies.Parameters, Warnings = [.. warnings, .. WarningsOf(inputs)] }, cancellationToken);
            var isKept = arguments.GetValue(flags.Data) is null;
            var json = isKept || session.Output.IsJson ? BacktestJson.Write(result) : [];
            if (isKept) RunFiles.Keep(session, result.Run.Id, json);
            session.Metrics.Add("bars", result.Metrics.Bars);
            BacktestView.Show(session, result);
            if (arguments.GetValue(flags.Report) is { } page) WritePage(session, page, result);
            session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(json) : "");
            return ExitCode.Done;
        });
    }

    internal static (BacktestInputs Inputs, IReadOnlyList<string> Warnings) Load(Session session, ParseResult arguments, BacktestFlags flags, RunStrategies strategies)
    {
        var symbols = arguments.GetValue(flags.Symbols) ?? [];
        var venue = arguments.GetValue(flags.Venue)?.ToLowerInvariant();
        var macro = strategies.Strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal).ToList();
        var warmUp = arguments.GetValue(flags.WarmUp);
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
            return RunData.FromFile(session, path, options, days, warmUp, macro);
        }

        var interval = arguments.GetValue(flags.BarLength) ?? session.Settings.Backtest.Interval;
        var range = RunRange.Of(arguments.GetValue(flags.Start), arguments.GetValue(flags.End), interval);
        foreach (var symbol in symbols) _ = Markets.Known(session.Assets, symbol);
        using var store = session.OpenReader();
        return (flags.Execution.WithFiner(RunData.FromStore(session, store, symbols, venue, interval, range, warmUp, macro), store, arguments), []);
    }

    internal static async Task<BacktestOptions> OptionsAsync(Session session, ParseResult arguments, BacktestFlags flags, BacktestInputs inputs, CancellationToken cancellationToken)
    {
        var settings = session.Settings.Backtest;
        return new BacktestOptions
        {
            Capital = (decimal)(arguments.GetValue(flags.Capital) ?? settings.Capital),
            FeeBps = (decimal)(arguments.GetValue(flags.FeeBps) ?? settings.FeeBps),
            SlippageBps = (decimal)(arguments.GetValue(flags.SlippageBps) ?? settings.SlippageBps),
            Costs = await flags.Costs.ReadAsync(session, arguments, inputs, cancellationToken),
            Lots = await LotsAsync(session, arguments.GetValue(flags.Lot), inputs, cancellationToken),
            Execution = flags.Execution.Of(arguments),
            AllowShort = arguments.GetValue(flags.AllowShort),
            AllowGaps = arguments.GetValue(flags.AllowGaps),
            WarmUp = arguments.GetValue(flags.WarmUp),
            EquityPerBar = arguments.GetValue(flags.Equity) == "bars",
            Seed = arguments.GetValue(flags.Seed) ?? settings.Seed,
        };
    }

    private static async Task<IReadOnlyList<decimal>?> LotsAsync(Session session, string? lot, BacktestInputs inputs, CancellationToken cancellationToken)
    {
        if (lot is null) return null;
        if (decimal.TryParse(lot, NumberStyles.Float, CultureInfo.InvariantCulture, out var step)) return [.. inputs.Instruments.Select(_ => step)];
        using var sources = new Sources(session);
        var lots = new List<decimal>();
        foreach (var key in inputs.Instruments.Select(i => i.Series.Key))
        {
            var listed = await sources.Instruments(key.Venue).ListInstrumentsAsync(cancellationToken);
            var known = listed.FirstOrDefault(i => i.Symbol == key.Symbol) ?? throw new ConfigurationException($"{key.Venue} does not list {key.Symbol}; give the lot as a number.");
            lots.Add(known.Lot ?? throw new ConfigurationException($"{known} states no lot; give it as a number."));
        }

        return lots;
    }

    private static void WritePage(Session session, string file, BacktestResult result)
    {
        var path = Path.GetFullPath(file, session.Host.CurrentDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, HtmlReport.Write(result));
        session.Output.Line($"report {path}");
    }

    private static SignalAggregator? Aggregator(ParseResult arguments, BacktestFlags flags, RunStrategies strategies)
    {
        var names = strategies.Strategies.Select(s => s.Name).ToList();
        var weights = flags.WeightsOf(arguments, names);
        if (names.Count == 1) return null;
        return new SignalAggregator(new AggregatorOptions { Rule = AggregatorOptions.ParseRule(arguments.GetValue(flags.Aggregate)!), Weights = weights }, names);
    }

    internal static RiskPolicy? Risk(Session session, ParseResult arguments, BacktestFlags flags, BacktestInputs inputs) =>
        arguments.GetValue(flags.Risk) is { } file ? new RiskPolicy(RiskFile.Read(session, file), [.. inputs.Instruments.Select(i => i.Asset)]) : null;

    internal static IReadOnlyList<string> WarningsOf(BacktestInputs inputs) =>
        [.. inputs.Instruments.Where(i => i.Series.Key.Venue == "coingecko").Select(i => $"{i.Series.Key}: prices are an aggregate of many venues, nobody could trade at them")];
}
