using System.Globalization;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Optimization;

/// <summary>All combinations of the values that a search may give to a strategy's parameters.</summary>
public sealed class SearchSpace
{
    private const int MostValues = 100_000;

    private SearchSpace(string strategy, IReadOnlyDictionary<string, string> defaults, IReadOnlyList<SearchedParameter> searched)
    {
        (Strategy, Searched) = (strategy, searched);
        Fixed = new SortedDictionary<string, string>(defaults.Where(d => !searched.Any(s => s.Name == d.Key)).ToDictionary(), StringComparer.Ordinal);
        Combinations = 1;
        foreach (var parameter in searched)
        {
            if (Combinations > long.MaxValue / parameter.Values.Count) throw new ConfigurationException($"the search space has more than {long.MaxValue} combinations; narrow a --param.");
            Combinations *= parameter.Values.Count;
        }
    }

    /// <summary>The catalogue name.</summary>
    public string Strategy { get; }

    /// <summary>Values of the parameters that are not searched, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Fixed { get; }

    /// <summary>In the order in which they were given; the last one varies fastest.</summary>
    public IReadOnlyList<SearchedParameter> Searched { get; }

    /// <summary>Those that the strategy refuses included.</summary>
    public long Combinations { get; }

    /// <param name="strategy">Whose parameters they are.</param>
    /// <param name="defaults">Values by parameter name of what is not searched.</param>
    /// <param name="given"><c>fast=5..29</c>, <c>slow=40..79:2</c>, <c>fast=5,10,20</c> or <c>fast=10</c>.</param>
    /// <exception cref="ConfigurationException">Nothing to search, an unknown parameter, an empty range, a value out of its range.</exception>
    public static SearchSpace Of(StrategyDescriptor strategy, IReadOnlyDictionary<string, string> defaults, IReadOnlyList<string> given)
    {
        if (given.Count == 0) throw new ConfigurationException($"the search space is empty: give a --param with a range, {Example(strategy)}.");
        var searched = new List<SearchedParameter>();
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new ConfigurationException($"--param '{text}' is not NAME=VALUES, {Example(strategy)}.");
            var name = text[..equals].Trim();
            var values = Values(text, text[(equals + 1)..]);
            foreach (var value in values) NumberSpec.Read($"strategy {strategy.Name}", strategy.Parameters, new Dictionary<string, string> { [name] = value });
            var known = strategy.Parameters.First(p => string.Equals(p.Name, name.Replace('-', '_'), StringComparison.OrdinalIgnoreCase)).Name;
            if (searched.Exists(s => s.Name == known)) throw new ConfigurationException($"--param {known} is given twice; list its values with commas.");
            searched.Add(new SearchedParameter(known, values));
        }

        return new SearchSpace(strategy.Name, defaults, searched);
    }

    /// <param name="combination">From 0, less than <see cref="Combinations"/>.</param>
    /// <returns>A value for every parameter, by name in ordinal order.</returns>
    public IReadOnlyDictionary<string, string> Parameters(long combination)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Fixed) result[name] = value;
        for (var i = Searched.Count - 1; i >= 0; i--)
        {
            var values = Searched[i].Values;
            result[Searched[i].Name] = values[(int)(combination % values.Count)];
            combination /= values.Count;
        }

        return result;
    }

    /// <summary>For each parameter, where its value stands among its values from the least to the greatest.</summary>
    internal int[] Steps(long combination)
    {
        var steps = new int[Searched.Count];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var count = Searched[i].Values.Count;
            steps[i] = Searched[i].StepOf((int)(combination % count));
            combination /= count;
        }

        return steps;
    }

    /// <summary>The inverse of <see cref="Steps"/>.</summary>
    internal long Combination(ReadOnlySpan<int> steps)
    {
        var combination = 0L;
        for (var i = 0; i < steps.Length; i++) combination = (combination * Searched[i].Values.Count) + Searched[i].ValueAt(steps[i]);
        return combination;
    }

    private static List<string> Values(string text, string values)
    {
        var result = new List<string>();
        foreach (var part in values.Split(',', StringSplitOptions.TrimEntries)) AddRange(text, part, result);
        return [.. result.Distinct(StringComparer.Ordinal)];
    }

    private static void AddRange(string text, string part, List<string> into)
    {
        var dots = part.IndexOf("..", StringComparison.Ordinal);
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var from = Number(text, dots < 0 ? part : part[..dots]);
        var until = dots < 0 ? from : Number(text, colon < 0 ? part[(dots + 2)..] : part[(dots + 2)..colon]);
        var step = dots < 0 || colon < 0 ? 1 : Number(text, part[(colon + 1)..]);
        if (step <= 0) throw new ConfigurationException($"--param '{text}': the step must be more than 0.");
        if (until < from) throw new ConfigurationException($"--param '{text}' is empty: {from} to {until} has no values.");
        if ((until - from) / step >= MostValues - into.Count) throw new ConfigurationException($"--param '{text}' has more than {MostValues} values; widen its step.");
        // Decimal steps: 0.1 three times is 0.3.
        for (var value = from; value <= until; value += step) into.Add(value.ToString("0.############", CultureInfo.InvariantCulture));
    }

    private static decimal Number(string text, string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= 1_000_000_000_000m
            ? value
            : throw new ConfigurationException($"--param '{text}': '{number}' is not a number; write 10, 5,10,20, 5..29 or 5..29:2.");

    private static string Example(StrategyDescriptor strategy) =>
        strategy.Parameters is not [var p, ..] ? $"but {strategy.Name} takes none"
            : string.Create(CultureInfo.InvariantCulture, $"for instance --param {p.Name}={p.Default},{(p.Default > 0 && p.Default * 2 <= p.Max ? p.Default * 2 : p.Max)}");
}
