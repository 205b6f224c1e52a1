using Mts.Core.Signals;

namespace Mts.Core.Risk;

/// <summary>Decides whether a signal may become an order, and how large. Pure: the same signal and account give the same decision.</summary>
/// <param name="options">The limits.</param>
/// <param name="assets">The asset of each instrument of the run; without it each instrument counts as an asset of its own.</param>
public sealed class RiskPolicy(RiskOptions options, IReadOnlyList<string>? assets = null)
{
    // Those that cut come before those that look at what the size may lose.
    private static readonly IRiskRule[] Rules =
    [
        new AllowShortRule(),
        new MinConfidenceRule(),
        new StopSideRule(),
        new MaxPositionRule(),
        new MaxAssetExposureRule(),
        new MaxTotalExposureRule(),
        new MaxDrawdownRule(),
        new MaxDailyLossRule(),
        new MaxScoreRule(),
        new MinNotionalRule(),
    ];

    public RiskOptions Options { get; } = options;

    /// <summary>A FLAT signal is always approved: it can only lower the risk.</summary>
    public RiskDecision Evaluate(Signal signal, AccountState account) => Assess(signal, account).Decision;

    /// <summary>Like <see cref="Evaluate"/>, with the figures.</summary>
    public RiskAssessment Assess(Signal signal, AccountState account)
    {
        if (signal.Direction == Direction.Flat) return Free(new RiskDecision.Approved(signal, []));
        if (!(account.Equity > 0)) return Free(new RiskDecision.Refused(signal, "equity", $"equity is {account.Equity:0.##}"));
        var risk = new RiskCase(PositionPlan.Complete(signal, Options), account, Options, Held(signal, account, sameAsset: true), Held(signal, account, sameAsset: false));
        var limits = new List<string>();
        foreach (var rule in Rules)
        {
            var verdict = rule.Check(risk);
            if (verdict.IsRefused) return Judged(new RiskDecision.Refused(signal, rule.Name, verdict.Why!), risk, 0);
            if (verdict.Why is null) continue;
            limits.Add(verdict.Why);
            risk = risk with { Signal = risk.Signal with { PositionSize = verdict.Size } };
        }

        return Judged(new RiskDecision.Approved(risk.Signal, limits), risk, risk.Size * account.Equity);
    }

    private static RiskAssessment Free(RiskDecision decision) => new(decision, 0, null, null, null, 0, []);

    private static RiskAssessment Judged(RiskDecision decision, RiskCase risk, double notional) => new(
        decision, notional, risk.Signal.Stop, risk.Signal.Target, PositionPlan.RewardRisk(risk.Signal), risk.Score, RiskWarnings.Of(risk));

    // A signal sets its instrument's target, so what the instrument holds now does not count.
    private double Held(Signal signal, AccountState account, bool sameAsset)
    {
        var held = 0.0;
        for (var i = 0; i < account.Exposure.Count; i++)
        {
            if (i == signal.Instrument || (sameAsset && (assets is null || assets[i] != signal.Asset))) continue;
            held += Math.Abs(account.Exposure[i]);
        }

        return held / account.Equity;
    }
}
