using System.CommandLine;
using System.CommandLine.Parsing;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.UserStrategies;

namespace Mts.Cli.Commands.Paper;

/// <summary>The options of <c>mts paper</c>.</summary>
internal sealed class PaperFlags
{
    // Known only to be refused with the reason: a backtest has them.
    private readonly (Option<string[]> Option, string Why)[] ofStoredData =
    [
        Stored("--finer", "a session decides on its own bars as they close, and looks for stops and targets inside the whole bar. Leave it out, or choose a shorter --interval."),
        Stored("--mark", "mark prices are read from a file of the past. Leave it out: liquidation is looked for at traded prices."),
        Stored("--book", "it runs inside a recording. --fill book trades at the live book."),
    ];

    public PaperFlags()
    {
        Venue.AcceptOnlyFromAmong("binance", "bybit");
        Fill.AcceptOnlyFromAmong("open", "book");
        Feed.AcceptOnlyFromAmong("stream", "poll");
    }

    public Option<string?> Id { get; } = new("--session") { Description = "Name of the session; one that is there already goes on.", HelpName = "ID" };

    public Option<string[]> Strategies { get; } = Flags.Names("--strategy", "Strategies by name; several meet in the aggregator.", "NAME");

    public Option<string?> StrategyPath { get; } = AvailableStrategies.PathOption();

    public Option<string[]> Symbols { get; } = Flags.Names("--symbols", "Assets or markets: bitcoin, ETH, BTC/USDT:USDT.", "NAME");

    public Option<string[]> Parameters { get; } = Flags.Names("--param", "A parameter: fast=10, or SmaCross.fast=10 with several strategies.", "NAME=VALUE");

    public Option<string> Venue { get; } = new("--venue") { Description = "binance or bybit.", DefaultValueFactory = _ => "binance", HelpName = "NAME" };

    public Option<Interval?> BarLength { get; } = Flags.BarLength("Length of the bars, 1m unless given.");

    /// <summary>The account, costs, execution and limits: those of a backtest.</summary>
    public TradingFlags Trading { get; } = new();

    public AggregatorFlags Aggregator { get; } = new();

    public AllocationFlags Allocation { get; } = new();

    public Option<string> Fill { get; } = new("--fill") { Description = "open: at the open of the next bar, as a backtest. book: at the best price of the live book.", DefaultValueFactory = _ => "open", HelpName = "HOW" };

    public Option<string?> Feed { get; } = new("--feed") { Description = "stream: bars and books as the venue sends them. poll: asks for them. Unless given stream, and poll for bars shorter than 1m.", HelpName = "HOW" };

    public Option<double?> Lateness { get; } = Flags.Number("--lateness", "Seconds that an instant waits for the bars of the other markets, 10 unless given.", 0, 3_600);

    public Option<int?> WarmUp { get; } = new("--warm-up") { Description = "Bars before the start that indicators see; as many as the strategies need unless given.", HelpName = "N" };

    public Option<TimeSpan?> Duration { get; } = Flags.Span("--duration", "How long to run: 90s, 15m, 8h, 7d; until it is interrupted unless given.");

    public Option<TimeSpan?> StrategyTimeout { get; } = Flags.Span("--strategy-timeout", "A strategy that does not return for so long is given up, 30s unless given; the others go on.");

    public void AddTo(Command command)
    {
        Option[] all = [Id, Strategies, StrategyPath, Symbols, Parameters, Venue, BarLength, Fill, Feed, Lateness, WarmUp, Duration, StrategyTimeout];
        foreach (var option in all) command.Add(option);
        foreach (var (option, _) in ofStoredData) command.Add(option);
        command.Validators.Add(Check);
        Trading.AddTo(command);
        Aggregator.AddTo(command);
        Allocation.AddTo(command);
    }

    /// <summary>What was given of the options that make a plan; the others may change from start to start.</summary>
    public IReadOnlyList<string> Planned(ParseResult arguments) =>
        [.. arguments.CommandResult.Command.Options.Except([Id, StrategyPath, Feed, Duration, StrategyTimeout]).Where(o => arguments.GetResult(o) is { Implicit: false }).Select(o => o.Name)];

    private static (Option<string[]> Option, string Why) Stored(string name, string why) => (new Option<string[]>(name) { Hidden = true, AllowMultipleArgumentsPerToken = true }, why);

    private void Check(CommandResult result)
    {
        foreach (var (option, why) in ofStoredData.Where(o => result.GetResult(o.Option) is not null)) result.AddError($"{option.Name} is not of a paper session: {why}");
        if (Trading.Costs.WantsRecordedSpread(result))
            result.AddError("--slippage spread needs --spread-bps in a paper session: what is recorded meanwhile is not in its journal, and a replay could not come to the same. --fill book pays the spread of the live book.");
        if (result.GetValue(Fill) != "book") return;
        foreach (var option in Trading.Execution.All.Where(o => result.GetResult(o) is { Implicit: false })) result.AddError($"{option.Name} does not go with --fill book: the live book says when and how much is filled.");
        if (Trading.Costs.HasMargin(result)) result.AddError("--margin does not go with --fill book: nothing looks for liquidations there. Leave --fill book out.");
    }
}
