namespace Mts.Engine.Optimization;

/// <summary>How a search chooses what to try next.</summary>
public enum SearchMethod
{
    /// <summary>All combinations.</summary>
    Grid,

    /// <summary>Drawn without repetition.</summary>
    Random,

    /// <summary>Where good trials are dense and bad ones are not: tree-structured Parzen estimators.</summary>
    Bayesian,

    /// <summary>By selection, crossover and mutation.</summary>
    Genetic,
}
