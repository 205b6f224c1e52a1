using System.Text.Json;

namespace Mts.Engine.Allocation;

/// <summary>By what the shares of the markets are chosen.</summary>
public enum AllocationMethod
{
    Equal,
    InverseVolatility,
    RiskParity,
    MeanVariance,
    Kelly,
}

/// <summary>The methods as options and results spell them.</summary>
public static class AllocationMethodText
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<AllocationMethod>().Select(ToText)];

    /// <summary><c>risk-parity</c>.</summary>
    public static string ToText(this AllocationMethod method) => JsonNamingPolicy.KebabCaseLower.ConvertName(method.ToString());

    /// <param name="text">One of <see cref="All"/>.</param>
    public static AllocationMethod Parse(string text) => Enum.GetValues<AllocationMethod>().First(m => m.ToText() == text);
}
