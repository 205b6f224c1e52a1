using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>The newest value of something that becomes known at times of its own: a macro series, settled funding.</summary>
internal sealed class KnownFeature(Func<IStrategyContext, double?> newest) : IFeature
{
    public double? Next(in Bar bar, IStrategyContext context) => newest(context);
}
