using Mts.Core;

namespace Mts.Engine.Optimization;

/// <summary>How a search is run. All but <see cref="Workers"/> is part of the result.</summary>
public sealed record OptimizerOptions
{
    public Objective Objective { get; init; } = Objective.Sharpe;

    /// <summary>How many combinations are drawn at random, without repetition; null for all of them.</summary>
    public int? RandomTrials { get; init; }

    /// <summary>For the draw.</summary>
    public int Seed { get; init; }

    /// <summary>Backtests at a time, 1 to 1,024; changes no result.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How many of the best are reported in full, 1 to 1,000.</summary>
    public int Top { get; init; } = 10;

    /// <exception cref="ConfigurationException">Lists every value out of its range.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        if (RandomTrials is < 1 or > Candidates.Most) wrong.Add($"trials is {RandomTrials}; allowed is 1 to {Candidates.Most}");
        if (Workers is < 1 or > 1_024) wrong.Add($"workers is {Workers}; allowed is 1 to 1024");
        if (Top is < 1 or > 1_000) wrong.Add($"top is {Top}; allowed is 1 to 1000");
        if (wrong.Count > 0) throw new ConfigurationException(string.Join("; ", wrong));
    }
}
