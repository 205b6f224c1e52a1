using System.CommandLine;
using Mts.Engine.Optimization;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of <c>mts optimize</c> that say what is searched, how, and for what.</summary>
internal sealed class OptimizeFlags
{
    private readonly ValidationFlags validation = new();
    private readonly Option<string[]> ranges = new("--param") { Description = "Values to search: fast=5..29, slow=40..79:2, fast=5,10,20.", HelpName = "NAME=VALUES", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> search = new("--search") { Description = "grid tries all combinations; random, bayesian and genetic try --trials of them.", HelpName = "HOW", DefaultValueFactory = _ => "grid" };
    private readonly Option<int?> trials = new("--trials") { Description = "How many combinations a search other than a grid tries, 100 unless given.", HelpName = "N" };
    private readonly Option<string> objective = new("--objective") { Description = "A metric of the result, or deflated_sharpe; min: or max: before it turns it round.", HelpName = "METRIC", DefaultValueFactory = _ => "sharpe" };
    private readonly Option<string[]> constraints = new("--constraint") { Description = "Bounds on metrics: 'max_drawdown<=0.3', 'trades>=30'.", HelpName = "BOUND", AllowMultipleArgumentsPerToken = true };

    /// <summary>Where the page goes.</summary>
    public Option<string?> Report { get; } = new("--report") { Description = "Also writes the result as one self-contained page.", HelpName = "FILE.html" };

    public OptimizeFlags() => search.AcceptOnlyFromAmong("grid", "random", "bayesian", "genetic");

    public void AddTo(Command command)
    {
        Option[] all = [ranges, search, trials, objective, constraints, Report];
        foreach (var option in all) command.Add(option);
        validation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(trials) is not null && result.GetValue(search) is null or "grid") result.AddError("--trials is of --search random, bayesian and genetic; a grid tries all combinations.");
        });
    }

    public IReadOnlyList<string> Ranges(ParseResult arguments) => arguments.GetValue(ranges) ?? [];

    /// <exception cref="ConfigurationException">An unknown metric, or a constraint that is none.</exception>
    public OptimizerOptions Of(ParseResult arguments, int seed)
    {
        var options = new OptimizerOptions
        {
            Goal = Goal.Of(arguments.GetValue(objective)!, arguments.GetValue(constraints) ?? []),
            Method = Enum.Parse<SearchMethod>(arguments.GetValue(search)!, ignoreCase: true),
            Seed = seed,
            Validation = validation.Of(arguments),
        };
        return arguments.GetValue(trials) is { } count ? options with { Trials = count } : options;
    }
}
