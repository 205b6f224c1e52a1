namespace Mts.Core.Risk;

/// <summary>No new position once the drawdown, and what the position may lose at its stop, would pass the limit.</summary>
internal sealed class MaxDrawdownRule : IRiskRule
{
    public string Name => "max_drawdown";

    public RuleVerdict Check(RiskCase risk) => risk.Drawdown + risk.LossAtStop > risk.Options.MaxDrawdown
        ? RuleVerdict.Refuse(
            $"drawdown {RuleVerdict.Percent(risk.Drawdown)} and {RuleVerdict.Percent(risk.LossAtStop)} at the stop exceed {RuleVerdict.Percent(risk.Options.MaxDrawdown)}")
        : RuleVerdict.Pass(risk);
}
