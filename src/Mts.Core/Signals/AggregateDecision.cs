namespace Mts.Core.Signals;

/// <summary>What the strategies together think of one instrument, and how that came about.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Rule">How they were joined.</param>
/// <param name="Inputs">Every signal that came in, with its weight and, where it did not count, why.</param>
/// <param name="Result">The joint signal; null where there is none.</param>
/// <param name="Reason">In words and numbers, also where there is no result.</param>
public sealed record AggregateDecision(
    string Asset, int Instrument, AggregationRule Rule, IReadOnlyList<AggregateInput> Inputs, Signal? Result, string Reason);

/// <param name="Signal">As the strategy gave it.</param>
/// <param name="Weight">The strategy's share of all weight, 0 to 1.</param>
/// <param name="Dropped">Why it did not count; null where it did.</param>
public sealed record AggregateInput(Signal Signal, double Weight, string? Dropped)
{
    /// <summary>Weight × confidence.</summary>
    public double Effective => Weight * Signal.Confidence;

    internal int Sign => (int)Signal.Direction;

    internal string Words => $"{Signal.Strategy} {Signal.Direction.ToString().ToUpperInvariant()} {Signal.Confidence:0.###}×{Weight:0.###}";
}
