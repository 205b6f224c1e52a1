using System.Globalization;

namespace Mts.Core.Market;

/// <summary>A numeric setting: its name, default and allowed range.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Default">The value when nothing is said.</param>
/// <param name="Min">Least allowed value.</param>
/// <param name="Max">Greatest allowed value.</param>
/// <param name="IsInteger">True refuses fractions.</param>
/// <param name="Summary">What it does, with its unit.</param>
public record NumberSpec(string Name, double Default, double Min, double Max, bool IsInteger, string Summary)
{
    /// <summary>The allowed range in words.</summary>
    public string Range => $"{(IsInteger ? "a whole number" : "a number")} from {Text(Min)} to {Text(Max)}";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads and checks values against their specifications.</summary>
    /// <param name="owner">Whose settings they are, for the message: <c>strategy SmaCross</c>.</param>
    /// <param name="specs">The settings there are.</param>
    /// <param name="given">Texts by name, in any case, with <c>_</c> or <c>-</c>.</param>
    /// <returns>A value for every specification.</returns>
    /// <exception cref="ConfigurationException">Unknown names, texts that are no numbers, values out of range: all at once.</exception>
    public static IReadOnlyDictionary<string, double> Read(
        string owner, IReadOnlyList<NumberSpec> specs, IReadOnlyDictionary<string, string> given)
    {
        var values = specs.ToDictionary(s => s.Name, s => s.Default, StringComparer.Ordinal);
        var errors = new List<string>();
        foreach (var name in given.Keys.Order(StringComparer.Ordinal))
        {
            var text = given[name];
            if (specs.FirstOrDefault(s => Is(s.Name, name)) is not { } spec) errors.Add(Unknown(name, specs));
            else if (spec.TryRead(text, out var value)) values[spec.Name] = value;
            else errors.Add($"{spec.Name} = '{text}' is not {spec.Range} ({spec.Summary})");
        }

        return errors.Count == 0 ? values : throw new ConfigurationException($"{owner}: {string.Join("; ", errors)}.");
    }

    private bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && value >= Min && value <= Max && (!IsInteger || value == Math.Floor(value));

    private static string Unknown(string name, IReadOnlyList<NumberSpec> specs)
    {
        if (specs.Count == 0) return $"unknown parameter '{name}': there are none";
        var near = NearestNames.Suggest(NearestNames.To(name, specs.Select(s => s.Name)));
        return $"unknown parameter '{name}'{near}; allowed are {string.Join(", ", specs.Select(s => $"{s.Name} ({s.Range})"))}";
    }

    private static bool Is(string name, string text) => string.Equals(name, text.Trim().Replace('-', '_'), StringComparison.OrdinalIgnoreCase);
}
