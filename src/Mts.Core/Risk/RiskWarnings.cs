namespace Mts.Core.Risk;

/// <summary>What a position should make one look at, though no limit refuses it.</summary>
internal static class RiskWarnings
{
    private const double NearLimit = 0.8;

    public static IReadOnlyList<string> Of(RiskCase risk)
    {
        var (total, options) = (risk.OtherInTotal + risk.Size, risk.Options);
        var warnings = new List<string>();
        Warn(risk.Size > 0.05, $"the position is {RuleVerdict.Percent(risk.Size)} of equity");
        Warn(total > 0.10, $"all positions are {RuleVerdict.Percent(total)} of equity");
        Warn(risk.Drawdown > 0.10, $"the drawdown is {RuleVerdict.Percent(risk.Drawdown)}");
        Warn(
            risk.Drawdown + risk.LossAtStop > NearLimit * options.MaxDrawdown,
            $"drawdown {RuleVerdict.Percent(risk.Drawdown)} nears its limit of {RuleVerdict.Percent(options.MaxDrawdown)}");
        Warn(
            risk.DailyLoss + risk.LossAtStop > NearLimit * options.MaxDailyLoss,
            $"today's loss {RuleVerdict.Percent(risk.DailyLoss)} nears its limit of {RuleVerdict.Percent(options.MaxDailyLoss)}");
        if (PositionPlan.RewardRisk(risk.Signal) is { } ratio) Warn(ratio < 1.5, $"reward to risk is {ratio:0.##}");
        return warnings;

        void Warn(bool when, string words)
        {
            if (when) warnings.Add(words);
        }
    }
}
