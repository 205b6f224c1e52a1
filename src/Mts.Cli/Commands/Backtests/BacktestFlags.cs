using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of <c>mts backtest</c>.</summary>
internal sealed class BacktestFlags
{
    private readonly Option<string[]> strategy = Flags.Names("--strategy", "Strategies by name; several meet in the aggregator.", "NAME");
    private readonly Option<Interval?> finer = Flags.Length("--finer", "Finer bars of the same market, on which stops, targets and orders are resolved.");
    private readonly Option<string[]> mark = new("--mark") { Description = "Bars of the mark price, at which --margin looks for liquidations: a file as of --data, MARKET=FILE where there are several perpetuals.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };

    public BacktestFlags()
    {
        strategy.Required = true;
        Equity.AcceptOnlyFromAmong("days", "bars");
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

    /// <summary>The account, costs, execution and limits.</summary>
    public TradingFlags Trading { get; } = new();

    public Option<bool> AllowGaps { get; } = new("--allow-gaps") { Description = "Run over holes and ranges shorter than asked, and say so." };

    public Option<bool> AllowLookAhead { get; } = new("--allow-look-ahead") { Description = "Exit with 0 although a guard says that the result must not be believed." };

    public Option<TimeSpan?> StrategyTimeout { get; } = Flags.Span("--strategy-timeout", "A strategy that does not return for so long is given up, 30s unless given.");

    public Option<int> WarmUp { get; } = Flags.Whole("--warm-up", "Bars before the start that indicators see.", 0, 0, 1_000_000, "from 0 to 1000000");

    public Option<string> Equity { get; } = new("--equity") { Description = "days or bars: how fine the equity curve is.", DefaultValueFactory = _ => "days", HelpName = "HOW" };

    public Option<string?> Report { get; } = new("--report") { Description = "Also writes the result as one self-contained page.", HelpName = "FILE.html" };

    public Option<int> MonteCarlo { get; } = Flags.Whole("--monte-carlo", "Also draws so many histories that might have been, and runs at higher costs.", 0, Engine.Analytics.MonteCarlo.LeastPaths, Engine.Analytics.MonteCarlo.MostPaths, "from 100 to 100000");

    /// <summary>Recorded books.</summary>
    public BookFlags Book { get; } = new();

    public AggregatorFlags Aggregator { get; } = new();

    public AllocationFlags Allocation { get; } = new();

    public void AddTo(Command command)
    {
        AddRunTo(command);
        Option[] single = [Parameters, Equity, Report, MonteCarlo];
        foreach (var option in single) command.Add(option);
        Aggregator.AddTo(command);
    }

    /// <summary>The options that a search shares with a single run: data, range, costs, limits.</summary>
    public void AddRunTo(Command command)
    {
        Option[] all = [Symbols, Start, End, strategy, StrategyPath, Data, AsOf, Venue, BarLength, AllowGaps, AllowLookAhead, StrategyTimeout, WarmUp, finer, mark];
        foreach (var option in all) command.Add(option);
        Trading.AddTo(command);
        Allocation.AddTo(command);
        Book.AddTo(command, [Data, AsOf, finer, mark, .. Trading.Execution.OfBars, .. Trading.Costs.Slippages]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Data) is null && result.GetResult(Symbols) is null && !Book.IsGiven(result)) result.AddError("--symbols is required, unless --data or --book names a file.");
            if (result.GetResult(Data) is null && !Book.IsGiven(result) && result.GetResult(AsOf) is not null) result.AddError("--as-of tells when a file was taken; it needs --data.");
            if (result.GetResult(Data) is not null && result.GetValue(Symbols) is { Length: > 1 }) result.AddError("--data is of one market; give one of --symbols.");
            if (result.GetResult(Data) is not null && result.GetResult(finer) is not null) result.AddError("--finer reads the store; it does not go with --data.");
            if (result.GetResult(mark) is not null && !Trading.Costs.HasMargin(result)) result.AddError("--mark needs --margin.");
        });
    }

    public IReadOnlyList<string> StrategyNames(ParseResult arguments) => arguments.GetRequiredValue(strategy);

    /// <summary>Files of mark prices.</summary>
    public IReadOnlyList<string> MarksOf(ParseResult arguments) => arguments.GetValue(mark) ?? [];

    /// <summary>Null where orders are resolved on the run's own bars.</summary>
    public Interval? FinerOf(ParseResult arguments) => arguments.GetValue(finer);
}
