using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>opportunity</c>: a spread between venues earns more than a limit after all costs, in the quote currency or in bps.</summary>
internal sealed class OpportunityRule(RuleHead head, Limit limit, bool isBps, string? asset) : LevelRule<OpportunitySeen>(head, limit)
{
    public static AlertRule Read(RuleHead head, Conditions when)
    {
        var name = when.OneOf("netProfit", "netBps");
        return new OpportunityRule(head, new Limit(when.Needed(name, 0, 1e9), IsAbove: true, when.Hysteresis(0.2)), name == "netBps", when.Asset("asset"));
    }

    public override string? Asset => asset;

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not OpportunitySeen mine || (asset is not null && !string.Equals(asset, mine.Asset, StringComparison.OrdinalIgnoreCase))) return;
        if (!Concerns(mine.BuyVenue, mine.Bought) && !Concerns(mine.SellVenue, mine.Sold)) return;
        base.Look(seen, into);
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var unit = isBps ? "bps" : "of the quote currency";
        if (phase == AlertPhase.Cleared)
            return new Wording($"{reading.Subject}: opportunity over", $"The net profit is no longer above {Say.Plain(Limit.Value)} {unit}.", new AlertFigure("limit", Limit.Value));
        var seen = (OpportunitySeen)reading.Seen;
        List<AlertFigure> figures = [new("limit", Limit.Value)];
        if (seen.NetProfit is { } profit) figures.Add(new("net_profit", profit));
        if (seen.NetBps is { } bps) figures.Add(new("net_bps", bps));
        return new Wording(
            $"{reading.Subject}: {Say.Plain(Math.Round(reading.Value, 4))} {unit} net",
            $"Buying {seen.Bought} at {seen.BuyVenue} and selling {seen.Sold} at {seen.SellVenue} would earn {Say.Plain(Math.Round(reading.Value, 4))} {unit} after all costs; the limit is {Say.Plain(Limit.Value)}.",
            figures);
    }

    protected override double? ValueOf(OpportunitySeen seen) => isBps ? seen.NetBps : seen.NetProfit;

    protected override string Subject(OpportunitySeen seen) => $"{seen.BuyVenue} {seen.Bought} to {seen.SellVenue} {seen.Sold}";
}
