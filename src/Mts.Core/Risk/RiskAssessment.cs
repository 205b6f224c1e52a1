namespace Mts.Core.Risk;

/// <summary>A signal judged by the policy, with the figures behind the decision.</summary>
/// <param name="Decision">Whether it may become an order.</param>
/// <param name="Notional">Value of the position, quote units; 0 where refused.</param>
/// <param name="Stop">Price, null for none.</param>
/// <param name="Target">Price, null for none.</param>
/// <param name="RewardRisk">What the target gains over what the stop loses.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Warnings">What is allowed but worth a look, in words and figures.</param>
public sealed record RiskAssessment(
    RiskDecision Decision, double Notional, double? Stop, double? Target, double? RewardRisk, double Score, IReadOnlyList<string> Warnings)
{
    public RiskLevel Level => RiskScore.Level(Score);
}
