using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Core.Signals;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options that say how several strategies are joined.</summary>
internal sealed class AggregatorFlags
{
    private readonly Option<string> rule = new("--aggregate") { Description = "How several strategies are joined: weighted-average, strongest-wins, conservative, consensus, risk-weighted.", DefaultValueFactory = _ => "weighted-average", HelpName = "RULE" };
    private readonly Option<string[]> weight = Flags.Names("--weight", "Weights in the aggregator: SmaCross=2; equal unless given.", "NAME=W");

    public void AddTo(Command command)
    {
        command.Add(rule);
        command.Add(weight);
    }

    /// <returns>Null for a single strategy.</returns>
    /// <exception cref="ConfigurationException">An unknown rule, or a weight of a strategy that is not in the run.</exception>
    public AggregatorOptions? Of(ParseResult arguments, IReadOnlyList<string> names)
    {
        var options = new AggregatorOptions { Rule = AggregatorOptions.ParseRule(arguments.GetValue(rule)!), Weights = WeightsOf(arguments, names) };
        return names.Count == 1 ? null : options;
    }

    private Dictionary<string, double> WeightsOf(ParseResult arguments, IReadOnlyList<string> names)
    {
        var result = AggregatorOptions.Equal(names).ToDictionary(StringComparer.Ordinal);
        foreach (var text in arguments.GetValue(weight) ?? [])
        {
            var parts = text.Split('=');
            if (parts.Length != 2 || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var value) || value < 0) throw new UsageException($"--weight '{text}' is not NAME=NUMBER.");
            result[StrategyNames.Resolve(parts[0], names.ToList())] = value;
        }

        return result;
    }
}
