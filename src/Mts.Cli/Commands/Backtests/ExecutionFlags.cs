using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Engine;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of a run that say how orders meet prices.</summary>
internal sealed class ExecutionFlags
{
    private readonly Option<double?> volumeShare = Flags.Number("--volume-share", "The most of a bar's volume that may be filled, as a fraction; all that is wanted unless given.", 0.00000001, 1);

    private readonly Option<TimeSpan?> orderLatency = Flags.Span("--order-latency", "From a decision to the venue: 250ms; none unless given.");

    private readonly Option<TimeSpan?> feedLatency = Flags.Span("--feed-latency", "From the venue to the strategy: 100ms; none unless given.");

    private readonly Option<string> limitFill = new("--limit-fill") { Description = "through or touch: when a bar fills a limit order.", DefaultValueFactory = _ => "through", HelpName = "HOW" };

    /// <summary>What is asked of bars, and not of a book.</summary>
    public IReadOnlyList<Option> OfBars => [volumeShare, limitFill];

    public IReadOnlyList<Option> All => [volumeShare, orderLatency, feedLatency, limitFill];

    public ExecutionFlags() => limitFill.AcceptOnlyFromAmong("through", "touch");

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
    }

    public ExecutionOptions Of(ParseResult arguments) => new()
    {
        VolumeShare = (decimal?)arguments.GetValue(volumeShare),
        OrderLatency = arguments.GetValue(orderLatency) ?? TimeSpan.Zero,
        FeedLatency = arguments.GetValue(feedLatency) ?? TimeSpan.Zero,
        LimitFill = arguments.GetValue(limitFill) == "touch" ? LimitFill.Touch : LimitFill.Through,
    };
}
