using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>An indicator over the run's own bars.</summary>
internal sealed class BarFeature(Action<Bar> add, Func<double?> value) : IFeature
{
    public double? Next(in Bar bar, IStrategyContext context)
    {
        add(bar);
        return value();
    }
}
