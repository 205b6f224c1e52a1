using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>The figures of one instrument. What an export wrote at a bar's close, a strategy gets at that close.</summary>
public sealed class FeatureSet
{
    private readonly IFeature[] features;
    private readonly double?[] values;

    internal FeatureSet(IReadOnlyList<string> columns, IFeature[] features) => (Columns, this.features, values) = (columns, features, new double?[features.Length]);

    public IReadOnlyList<string> Columns { get; }

    /// <summary>To be called at every close of the instrument's bars, in order.</summary>
    /// <param name="bar">The one that has just closed.</param>
    /// <param name="context">Of the strategy.</param>
    /// <returns>In the order of the columns; null where undefined or not known yet. Valid until the next call.</returns>
    public ReadOnlySpan<double?> Update(in Bar bar, IStrategyContext context)
    {
        for (var i = 0; i < features.Length; i++) values[i] = features[i].Next(bar, context) is { } value && double.IsFinite(value) ? value : null;
        return values;
    }
}
