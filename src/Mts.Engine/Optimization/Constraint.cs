using System.Globalization;
using System.Text.RegularExpressions;
using Mts.Core;

namespace Mts.Engine.Optimization;

/// <summary>A bound that a trial must keep to be chosen: <c>max_drawdown&lt;=0.3</c>, <c>trades&gt;=30</c>.</summary>
/// <param name="Metric">Whose bound.</param>
/// <param name="IsUpper">At most or less than; else at least or more than.</param>
/// <param name="IsStrict">The bound itself is outside.</param>
/// <param name="Bound">In the metric's own unit: fractions, days, quote units.</param>
public sealed partial record Constraint(Metric Metric, bool IsUpper, bool IsStrict, double Bound)
{
    /// <exception cref="ConfigurationException">Not a metric, a comparison and a number.</exception>
    public static Constraint Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match || !double.TryParse(match.Groups["bound"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
            throw new ConfigurationException($"--constraint '{text}' is not METRIC<=NUMBER or METRIC>=NUMBER, for instance 'max_drawdown<=0.3'.");
        return new Constraint(Metric.Of(match.Groups["metric"].Value), match.Groups["order"].Value[0] == '<', match.Groups["order"].Length == 1, bound);
    }

    /// <summary>How far outside a value lies, in units of the bound; 0 within, infinite where it is undefined.</summary>
    /// <remarks>Deb, An Efficient Constraint Handling Method for Genetic Algorithms, Computer Methods in Applied Mechanics and Engineering 186, 2000: between two that break the bounds the one that breaks them less is better.</remarks>
    public double Violation(double? value)
    {
        if (value is not { } v) return double.PositiveInfinity;
        var over = IsUpper ? v - Bound : Bound - v;
        if (over < 0 || (over == 0 && !IsStrict)) return 0;
        return Math.Max(over / Math.Max(Math.Abs(Bound), 1e-9), double.Epsilon);
    }

    public override string ToString() => FormattableString.Invariant($"{Metric.Name}{(IsUpper ? '<' : '>')}{(IsStrict ? "" : "=")}{Bound}");

    [GeneratedRegex(@"^\s*(?<metric>[A-Za-z_-]+)\s*(?<order><=|>=|<|>)\s*(?<bound>\S+)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
