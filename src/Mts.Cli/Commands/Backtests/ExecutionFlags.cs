using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Core.Market;
using Mts.Engine;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of a run that say how orders meet prices.</summary>
internal sealed class ExecutionFlags
{
    private readonly Option<Interval?> finer = Flags.Length("--finer", "Finer bars of the same market, on which stops, targets and orders are resolved.");

    private readonly Option<double?> volumeShare = Flags.Number("--volume-share", "The most of a bar's volume that may be filled, as a fraction; all that is wanted unless given.", 0.00000001, 1);

    private readonly Option<TimeSpan?> orderLatency = Flags.Span("--order-latency", "From a decision to the venue: 250ms; none unless given.");

    private readonly Option<TimeSpan?> feedLatency = Flags.Span("--feed-latency", "From the venue to the strategy: 100ms; none unless given.");

    private readonly Option<string> limitFill = new("--limit-fill") { Description = "through or touch: when a bar fills a limit order.", DefaultValueFactory = _ => "through", HelpName = "HOW" };

    /// <summary>Recorded books.</summary>
    public BookFlags Book { get; } = new();

    public ExecutionFlags() => limitFill.AcceptOnlyFromAmong("through", "touch");

    /// <param name="command">Takes the options.</param>
    /// <param name="data">Names a file instead of the store.</param>
    /// <param name="outside">What else makes no sense inside a book.</param>
    public void AddTo(Command command, Option<string?> data, params IReadOnlyList<Option> outside)
    {
        Option[] all = [finer, volumeShare, orderLatency, feedLatency, limitFill];
        foreach (var option in all) command.Add(option);
        Book.AddTo(command, [data, finer, volumeShare, limitFill, .. outside]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is not null && result.GetResult(finer) is not null) result.AddError("--finer reads the store; it does not go with --data.");
        });
    }

    public ExecutionOptions Of(ParseResult arguments) => new()
    {
        Queue = Book.Model(arguments),
        Finer = arguments.GetValue(finer),
        VolumeShare = (decimal?)arguments.GetValue(volumeShare),
        OrderLatency = arguments.GetValue(orderLatency) ?? TimeSpan.Zero,
        FeedLatency = arguments.GetValue(feedLatency) ?? TimeSpan.Zero,
        LimitFill = arguments.GetValue(limitFill) == "touch" ? LimitFill.Touch : LimitFill.Through,
    };

    /// <summary>The inputs with the finer bars that were asked for.</summary>
    public BacktestInputs WithFiner(BacktestInputs inputs, SqliteStore store, ParseResult arguments)
    {
        if (arguments.GetValue(finer) is not { } length) return inputs;
        return inputs with { Instruments = [.. inputs.Instruments.Select(i => i with { Finer = store.ReadColumns(i.Series.Key with { Interval = length }, inputs.Start, inputs.End) })] };
    }
}
