using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;
using Mts.Core.Signals;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of <c>mts backtest</c>.</summary>
internal sealed class BacktestFlags
{
    private readonly Option<string[]> strategy = Flags.Names("--strategy", "Strategies by name; several meet in the aggregator.", "NAME");
    private readonly Option<string[]> weight = Flags.Names("--weight", "Weights in the aggregator: SmaCross=2; equal unless given.", "NAME=W");

    public BacktestFlags()
    {
        strategy.Required = true;
        Equity.AcceptOnlyFromAmong("days", "bars");
        Lot.Validators.Add(CheckLot);
    }

    public Option<string?> StrategyPath { get; } = AvailableStrategies.PathOption();

    public Option<string[]> Symbols { get; } = Flags.Names("--symbols", "Assets or markets: bitcoin, ETH, SOL/USDT.", "NAME");

    public Option<Timestamp?> Start { get; } = Flags.Day("--start", "First UTC day; the first bar unless given.");

    public Option<Timestamp?> End { get; } = Flags.Day("--end", "Last UTC day, included; the last bar unless given.");

    public Option<string[]> Parameters { get; } = Flags.Names("--param", "A parameter: fast=10, or SmaCross.fast=10 with several strategies.", "NAME=VALUE");

    public Option<string?> Data { get; } = new("--data") { Description = "Runs on this file instead of the store.", HelpName = "FILE" };

    public Option<Timestamp?> AsOf { get; } = Flags.Time("--as-of", "When the file was taken: bars that close later are left out. Now unless given.");

    public Option<string?> Venue { get; } = new("--venue") { Description = "Whose series; the first of sources.order that has the range unless given.", HelpName = "NAME" };

    public Option<Interval?> BarLength { get; } = Flags.BarLength("Length of the bars, 1d unless given.");

    public Option<double?> Capital { get; } = Flags.Number("--capital", "Quote units at the start, 100000 unless given.", 1, 1e12);

    public Option<double?> FeeBps { get; } = Flags.Number("--fee-bps", "Fee in 1/10000 of each side's notional, 10 unless given.", 0, 1_000);

    public Option<double?> SlippageBps { get; } = Flags.Number("--slippage-bps", "Price against each order in 1/10000, 5 unless given.", 0, 1_000);

    public Option<string?> Lot { get; } = new("--lot") { Description = "Step of quantities: a number, or `instrument` for the venue's own.", HelpName = "N|instrument" };

    /// <summary>What is charged beyond one fee and one slippage.</summary>
    public CostFlags Costs { get; } = new();

    public Option<bool> AllowShort { get; } = new("--allow-short") { Description = "Spot markets may be sold short." };

    public Option<bool> AllowGaps { get; } = new("--allow-gaps") { Description = "Run over holes and ranges shorter than asked, and say so." };

    public Option<bool> AllowLookAhead { get; } = new("--allow-look-ahead") { Description = "Exit with 0 although a guard says that the result must not be believed." };

    public Option<TimeSpan?> StrategyTimeout { get; } = Flags.Span("--strategy-timeout", "A strategy that does not return for so long is given up, 30s unless given.");

    public Option<int> WarmUp { get; } = Flags.Whole("--warm-up", "Bars before the start that indicators see.", 0, 0, 1_000_000, "from 0 to 1000000");

    public Option<string> Equity { get; } = new("--equity") { Description = "days or bars: how fine the equity curve is.", DefaultValueFactory = _ => "days", HelpName = "HOW" };

    public Option<string?> Report { get; } = new("--report") { Description = "Also writes the result as one self-contained page.", HelpName = "FILE.html" };

    public Option<int> MonteCarlo { get; } = Flags.Whole("--monte-carlo", "Also draws so many histories that might have been, and runs at higher costs.", 0, Engine.Analytics.MonteCarlo.LeastPaths, Engine.Analytics.MonteCarlo.MostPaths, "from 100 to 100000");

    public Option<string?> Risk { get; } = new("--risk") { Description = "Limits, as in config/risk.json; none unless given.", HelpName = "FILE" };

    public Option<string> Aggregate { get; } = new("--aggregate") { Description = "How several strategies are joined: weighted-average, strongest-wins, conservative, consensus, risk-weighted.", DefaultValueFactory = _ => "weighted-average", HelpName = "RULE" };

    public AllocationFlags Allocation { get; } = new();

    public Option<int?> Seed { get; } = new("--seed") { Description = "For strategies that draw, 0 unless given.", HelpName = "N" };

    public ExecutionFlags Execution { get; } = new();

    public void AddTo(Command command)
    {
        AddRunTo(command);
        Allocation.AddTo(command);
        Option[] single = [Parameters, Equity, Report, MonteCarlo, Aggregate, weight];
        foreach (var option in single) command.Add(option);
    }

    /// <summary>The options that a search shares with a single run: data, range, costs, limits.</summary>
    public void AddRunTo(Command command)
    {
        Option[] all = [Symbols, Start, End, strategy, StrategyPath, Data, AsOf, Venue, BarLength, Capital, FeeBps, SlippageBps, Lot, AllowShort, AllowGaps, AllowLookAhead, StrategyTimeout, WarmUp, Risk, Seed];
        foreach (var option in all) command.Add(option);
        Costs.AddTo(command);
        Execution.AddTo(command, Data, [AsOf, .. Costs.Slippages]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Data) is null && result.GetResult(Symbols) is null && !Execution.Book.IsGiven(result)) result.AddError("--symbols is required, unless --data or --book names a file.");
            if (result.GetResult(Data) is null && !Execution.Book.IsGiven(result) && result.GetResult(AsOf) is not null) result.AddError("--as-of tells when a file was taken; it needs --data.");
            if (result.GetResult(Data) is not null && result.GetValue(Symbols) is { Length: > 1 }) result.AddError("--data is of one market; give one of --symbols.");
        });
    }

    public IReadOnlyList<string> StrategyNames(ParseResult arguments) => arguments.GetRequiredValue(strategy);

    /// <exception cref="ConfigurationException">A weight of a strategy that is not in the run.</exception>
    public IReadOnlyDictionary<string, double> WeightsOf(ParseResult arguments, IReadOnlyList<string> names)
    {
        var result = AggregatorOptions.Equal(names).ToDictionary(StringComparer.Ordinal);
        foreach (var text in arguments.GetValue(weight) ?? [])
        {
            var parts = text.Split('=');
            if (parts.Length != 2 || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var value) || value < 0) throw new UsageException($"--weight '{text}' is not NAME=NUMBER.");
            result[Core.Signals.StrategyNames.Resolve(parts[0], names.ToList())] = value;
        }

        return result;
    }

    private static void CheckLot(OptionResult result)
    {
        var text = result.Tokens is [.., var last] ? last.Value : "";
        var isStep = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && step >= 0.00000001m;
        if (!isStep && text != "instrument") result.AddError($"--lot: '{text}' is neither a number from 0.00000001 on nor `instrument`.");
    }
}
