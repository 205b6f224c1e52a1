namespace Mts.Core.Risk;

internal sealed class MaxPositionRule : IRiskRule
{
    public string Name => "max_position";

    public RuleVerdict Check(RiskCase risk) =>
        RuleVerdict.Cap(risk, risk.Options.MaxPosition, $"max_position {RuleVerdict.Percent(risk.Options.MaxPosition)}");
}
