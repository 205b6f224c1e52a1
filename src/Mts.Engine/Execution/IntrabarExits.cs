using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Execution;

/// <summary>Stop and target at the open of a bar and inside it, by the adverse-first rule: what the bar does not tell is taken to have been the worse.</summary>
internal static class IntrabarExits
{
    public static void Act(Holding holding, in Bar bar, Broker broker)
    {
        if (holding.Origin is not { } origin || (origin.Stop is null && origin.Target is null)) return;
        var isLong = origin.Direction == Direction.Long;
        var time = bar.OpenTime.Micros;
        if (HasGappedTo(origin.Target, bar, isLong)) broker.Close(holding, bar.Open, time, "target", slips: false);
        else if (origin.Stop is { } stop && (isLong ? bar.Low <= stop : bar.High >= stop)) broker.Close(holding, isLong ? Math.Min(bar.Open, stop) : Math.Max(bar.Open, stop), time, "stop");
        else if (origin.Target is { } target && (isLong ? bar.High >= target : bar.Low <= target)) broker.Close(holding, target, time, "target", slips: false);
    }

    /// <summary>Whether a bar opens at a target or beyond it, before anything else can be met in it.</summary>
    public static bool HasGappedTo(double? target, in Bar bar, bool isLong) => target is { } price && (isLong ? bar.Open >= price : bar.Open <= price);
}
