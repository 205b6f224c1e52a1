using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>price</c>: the price is above or below a limit.</summary>
internal sealed class PriceRule(RuleHead head, Limit limit) : LevelRule<PriceSeen>(head, limit)
{
    public static AlertRule Read(RuleHead head, Conditions when)
    {
        var name = when.OneOf("above", "below", "crosses");
        var limit = new Limit(when.Needed(name, 1e-12, 1e12), name != "below", when.Hysteresis(0.002));
        return name == "crosses" ? new PriceCrossRule(head, limit) : new PriceRule(head, limit);
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var words = phase == AlertPhase.Raised ? Limit.Words : Limit.Opposite;
        return new Wording(
            $"{reading.Subject} {words} {Say.Price(Limit.Value)}", $"The price is {Say.Price(reading.Value)}, {words} {Say.Price(Limit.Value)}.",
            new AlertFigure("price", reading.Value), new AlertFigure("limit", Limit.Value));
    }

    protected override double? ValueOf(PriceSeen seen) => seen.Price;
}
