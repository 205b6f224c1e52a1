using Mts.Core.Signals;

namespace Mts.Core.Risk;

internal sealed class AllowShortRule : IRiskRule
{
    public string Name => "allow_short";

    public RuleVerdict Check(RiskCase risk) => risk.Signal.Direction == Direction.Short && !risk.Options.AllowShort
        ? RuleVerdict.Refuse("shorts are not allowed")
        : RuleVerdict.Pass(risk);
}
