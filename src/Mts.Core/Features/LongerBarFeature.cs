using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>An indicator over longer bars: it moves when one of them closes.</summary>
internal sealed class LongerBarFeature(int instrument, Interval interval, Action<Bar> add, Func<double?> value) : IFeature
{
    private int taken;

    public double? Next(in Bar bar, IStrategyContext context)
    {
        for (var past = context.Past(instrument, interval); taken < past.Count; taken++)
            add(new Bar(new Timestamp(past.OpenTimes[taken]), past.Opens[taken], past.Highs[taken], past.Lows[taken], past.Closes[taken], past.Volumes[taken]));
        return value();
    }
}
