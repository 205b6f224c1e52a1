using Mts.Core.Signals;

namespace Mts.Core.Risk;

/// <summary>A stop belongs on the losing side of the price, a target on the winning side.</summary>
internal sealed class StopSideRule : IRiskRule
{
    public string Name => "stop_side";

    public RuleVerdict Check(RiskCase risk)
    {
        var (signal, sign) = (risk.Signal, (int)risk.Signal.Direction);
        if (signal.Stop is { } stop && !((signal.Price - stop) * sign > 0))
            return RuleVerdict.Refuse($"the stop {stop:0.########} is on the wrong side of {signal.Price:0.########} for a {Words(signal)}");
        if (signal.Target is { } target && !((target - signal.Price) * sign > 0))
            return RuleVerdict.Refuse($"the target {target:0.########} is on the wrong side of {signal.Price:0.########} for a {Words(signal)}");
        return RuleVerdict.Pass(risk);
    }

    private static string Words(Signal signal) => signal.Direction == Direction.Long ? "long" : "short";
}
