using System.Globalization;

namespace Mts.Engine.Optimization;

/// <summary>A parameter and the values that a search may give it.</summary>
public sealed class SearchedParameter
{
    private readonly int[] ascending;
    private readonly int[] steps;

    /// <param name="name">The strategy's own spelling.</param>
    /// <param name="values">Numbers, as a plain backtest would be given them, in the order in which they are tried.</param>
    public SearchedParameter(string name, IReadOnlyList<string> values)
    {
        (Name, Values) = (name, values);
        ascending = [.. Enumerable.Range(0, values.Count).OrderBy(i => double.Parse(values[i], CultureInfo.InvariantCulture))];
        steps = new int[values.Count];
        for (var step = 0; step < steps.Length; step++) steps[ascending[step]] = step;
    }

    public string Name { get; }

    public IReadOnlyList<string> Values { get; }

    /// <summary>Index of the value that is the <paramref name="step"/>th from the least.</summary>
    internal int ValueAt(int step) => ascending[step];

    /// <summary>The inverse of <see cref="ValueAt"/>.</summary>
    internal int StepOf(int value) => steps[value];
}
