namespace Mts.Core.Risk;

internal sealed class MaxScoreRule : IRiskRule
{
    public string Name => "max_score";

    public RuleVerdict Check(RiskCase risk) => risk.Score > risk.Options.MaxScore
        ? RuleVerdict.Refuse($"risk score {risk.Score:0.###} ({RiskScore.Level(risk.Score)}) exceeds {risk.Options.MaxScore:0.###}")
        : RuleVerdict.Pass(risk);
}
