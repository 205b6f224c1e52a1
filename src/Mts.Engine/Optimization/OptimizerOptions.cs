using Mts.Core;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Optimization;

/// <summary>How a search is run. All but <see cref="Workers"/> is part of the result.</summary>
public sealed record OptimizerOptions
{
    /// <summary>What is made large, within which bounds.</summary>
    public Goal Goal { get; init; } = Goal.Sharpe;

    public SearchMethod Method { get; init; } = SearchMethod.Grid;

    /// <summary>How many combinations are tried at most, none twice, 1 to 1,000,000; a grid tries all and does not ask.</summary>
    public int Trials { get; init; } = 100;

    /// <summary>For all but a grid.</summary>
    public int Seed { get; init; }

    /// <summary>How the best is tried on data that the search did not see; null for not at all.</summary>
    public Validation? Validation { get; init; }

    /// <summary>Backtests at a time, 1 to 1,024; changes no result.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How many of the best are reported in full, 1 to 1,000.</summary>
    public int Top { get; init; } = 10;

    /// <exception cref="ConfigurationException">Lists every value out of its range.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        if (Trials < 1 || Trials > Candidates.Most) wrong.Add($"trials is {Trials}; allowed is 1 to {Candidates.Most}");
        if (Workers is < 1 or > 1_024) wrong.Add($"workers is {Workers}; allowed is 1 to 1024");
        if (Top is < 1 or > 1_000) wrong.Add($"top is {Top}; allowed is 1 to 1000");
        Validation?.Validate();
        if (Validation is Validation.CrossValidation)
        {
            if (Method is SearchMethod.Bayesian or SearchMethod.Genetic) wrong.Add("cross-validation needs candidates that no result has influenced: take --search grid or random");
            DailyFigures.Check(Goal);
        }

        if (wrong.Count > 0) throw new ConfigurationException(string.Join("; ", wrong));
    }
}
