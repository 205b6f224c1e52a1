using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Execution;

/// <summary>Stop and target inside a bar, by the adverse-first rule: what the bar does not tell is taken to have been the worse.</summary>
internal static class IntrabarExits
{
    public static void Act(Holding holding, in Bar bar, Broker broker)
    {
        if (holding.Origin is not { } origin || (origin.Stop is null && origin.Target is null)) return;
        var isLong = origin.Direction == Direction.Long;
        var time = bar.OpenTime.Micros;
        if (origin.Stop is { } stop && (isLong ? bar.Low <= stop : bar.High >= stop))
        {
            var gapped = isLong ? bar.Open <= stop : bar.Open >= stop;
            broker.Close(holding, gapped ? bar.Open : stop, time, "stop");
        }
        else if (origin.Target is { } target && (isLong ? bar.High >= target : bar.Low <= target))
        {
            var gapped = isLong ? bar.Open >= target : bar.Open <= target;
            broker.Close(holding, gapped ? bar.Open : target, time, "target", slips: false);
        }
    }
}
