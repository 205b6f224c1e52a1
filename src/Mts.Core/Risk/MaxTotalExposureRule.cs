namespace Mts.Core.Risk;

internal sealed class MaxTotalExposureRule : IRiskRule
{
    public string Name => "max_total_exposure";

    public RuleVerdict Check(RiskCase risk) => RuleVerdict.Cap(
        risk,
        risk.Options.MaxTotalExposure - risk.OtherInTotal,
        $"max_total_exposure {RuleVerdict.Percent(risk.Options.MaxTotalExposure)}, {RuleVerdict.Percent(risk.OtherInTotal)} held elsewhere");
}
