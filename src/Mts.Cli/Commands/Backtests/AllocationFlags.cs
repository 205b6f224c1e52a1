using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Engine.Allocation;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of a run that say how the markets share the capital.</summary>
internal sealed class AllocationFlags
{
    private readonly Option<string?> method = new("--allocate") { Description = $"How what the strategy wants to hold shares one account: {string.Join(", ", AllocationMethodText.All)}.", HelpName = "METHOD" };

    private readonly Option<int> lookback = Flags.Whole("--allocate-over", "Bars that volatilities, correlations and means are taken of.", 90, 20, 10_000, "from 20 to 10000");

    private readonly Option<double?> volatility = Flags.Number("--volatility-target", "Deviation per year that the whole is scaled to, as a fraction; none unless given.", 0.0001, 10);

    private readonly Option<double?> kelly = Flags.Number("--kelly-fraction", "Share of the full Kelly weights, 0.5 unless given.", 0.0001, 1);

    private readonly Option<double?> maxWeight = Flags.Number("--max-weight", "Most of equity in one market, 1 unless given.", 0.0001, 1);

    private readonly Option<double?> maxTotal = Flags.Number("--max-total", "Most of equity in all markets together, 1 unless given.", 0.0001, 1);

    private readonly Option<double?> maxCorrelation = Flags.Number("--max-correlation", "Of two positions that are more correlated only the greater is held; no limit unless given.", -1, 1);

    private readonly Option<TimeSpan?> every = Flags.Span("--rebalance", "Weights are worked out anew after so long: 7d; only when the strategy changes its mind unless given.");

    private readonly Option<double?> drift = Flags.Number("--rebalance-drift", "Worked out anew when a position is this far from its weight, as a fraction of equity; never unless given.", 0.0001, 1);

    public AllocationFlags() => method.AcceptOnlyFromAmong([.. AllocationMethodText.All]);

    public void AddTo(Command command)
    {
        Option[] rules = [lookback, volatility, kelly, maxWeight, maxTotal, maxCorrelation, every, drift];
        command.Add(method);
        foreach (var rule in rules) command.Add(rule);
        command.Validators.Add(result =>
        {
            if (result.GetResult(method) is not null) return;
            foreach (var rule in rules.Where(r => result.GetResult(r) is { Implicit: false })) result.AddError($"{rule.Name} is of an allocation; it needs --allocate.");
        });
    }

    /// <summary>Null where none was asked for.</summary>
    public AllocationOptions? Of(ParseResult arguments) => arguments.GetValue(method) is not { } name ? null : new AllocationOptions
    {
        Method = AllocationMethodText.Parse(name),
        Lookback = arguments.GetValue(lookback),
        TargetVolatility = arguments.GetValue(volatility),
        KellyFraction = arguments.GetValue(kelly) ?? 0.5,
        MaxWeight = arguments.GetValue(maxWeight) ?? 1,
        MaxTotal = arguments.GetValue(maxTotal) ?? 1,
        MaxCorrelation = arguments.GetValue(maxCorrelation),
        Every = arguments.GetValue(every),
        Drift = arguments.GetValue(drift),
    };
}
