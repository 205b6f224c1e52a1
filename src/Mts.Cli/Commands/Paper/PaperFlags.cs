using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.UserStrategies;

namespace Mts.Cli.Commands.Paper;

/// <summary>The options of <c>mts paper</c>.</summary>
internal sealed class PaperFlags
{
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
        Trading.AddTo(command);
        Aggregator.AddTo(command);
        Allocation.AddTo(command);
    }

    /// <summary>What was given of the options that make a plan; the others may change from start to start.</summary>
    public IReadOnlyList<string> Planned(ParseResult arguments) =>
        [.. arguments.CommandResult.Command.Options.Except([Id, StrategyPath, Feed, Duration, StrategyTimeout]).Where(o => arguments.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
}
