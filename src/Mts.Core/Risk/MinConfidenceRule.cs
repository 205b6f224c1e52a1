namespace Mts.Core.Risk;

internal sealed class MinConfidenceRule : IRiskRule
{
    public string Name => "min_confidence";

    public RuleVerdict Check(RiskCase risk) => risk.Signal.Confidence < risk.Options.MinConfidence
        ? RuleVerdict.Refuse($"confidence {risk.Signal.Confidence:0.###} is below {risk.Options.MinConfidence:0.###}")
        : RuleVerdict.Pass(risk);
}
