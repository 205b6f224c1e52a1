namespace Mts.Core.Risk;

internal sealed class MinNotionalRule : IRiskRule
{
    public string Name => "min_notional";

    public RuleVerdict Check(RiskCase risk)
    {
        var notional = risk.Size * risk.Account.Equity;
        return notional < risk.Options.MinNotional || notional <= 0
            ? RuleVerdict.Refuse($"a position of {notional:0.##} is below {risk.Options.MinNotional:0.##}")
            : RuleVerdict.Pass(risk);
    }
}
