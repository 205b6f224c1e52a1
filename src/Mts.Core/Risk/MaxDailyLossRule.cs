namespace Mts.Core.Risk;

/// <summary>No new position once today's loss, and what the position may lose at its stop, would pass the limit.</summary>
internal sealed class MaxDailyLossRule : IRiskRule
{
    public string Name => "max_daily_loss";

    public RuleVerdict Check(RiskCase risk) => risk.DailyLoss + risk.LossAtStop > risk.Options.MaxDailyLoss
        ? RuleVerdict.Refuse(
            $"today's loss {RuleVerdict.Percent(risk.DailyLoss)} and {RuleVerdict.Percent(risk.LossAtStop)} at the stop exceed {RuleVerdict.Percent(risk.Options.MaxDailyLoss)}")
        : RuleVerdict.Pass(risk);
}
