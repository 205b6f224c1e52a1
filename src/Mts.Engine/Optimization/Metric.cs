using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Optimization;

/// <summary>A figure of a result by the name that it has in the document: what a search can aim at, or keep within bounds.</summary>
public sealed class Metric
{
    // The same for all trials of a search, so there is nothing to choose by.
    private static readonly string[] Constant = ["benchmark_return", "bars"];
    private static readonly string[] SmallerIsBetter =
    [
        "volatility", "max_drawdown", "max_drawdown_days", "turnover", "exposure",
        "fees", "fees_maker", "fees_taker", "slippage_cost", "borrow_interest", "liquidations", "liquidation_fees",
    ];

    private readonly PropertyInfo property;

    private Metric(PropertyInfo property) => (this.property, Name) = (property, JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

    /// <summary>Every number of <see cref="PerformanceReport"/>, by name in ordinal order.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        .. typeof(PerformanceReport).GetProperties().Where(p => IsNumber(p.PropertyType)).Select(p => new Metric(p))
            .Where(m => !Constant.Contains(m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal),
    ];

    /// <summary>In snake_case.</summary>
    public string Name { get; }

    /// <summary>Whether less of it is what one wants, unless the search says otherwise.</summary>
    public bool IsCost => SmallerIsBetter.Contains(Name);

    /// <exception cref="ConfigurationException">There is no such metric; the message gives the nearest.</exception>
    public static Metric Of(string name)
    {
        var wanted = name.Trim().Replace('-', '_');
        return All.FirstOrDefault(m => string.Equals(m.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new ConfigurationException($"unknown metric '{name.Trim()}'{NearestNames.Suggest(NearestNames.To(wanted, All.Select(m => m.Name)))}; there are {string.Join(", ", All.Select(m => m.Name))}.");
    }

    /// <returns>Null where the figure is undefined.</returns>
    public double? Of(PerformanceReport report) =>
        property.GetValue(report) is { } value && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(double) || plain == typeof(decimal) || plain == typeof(int) || plain == typeof(long));
}
