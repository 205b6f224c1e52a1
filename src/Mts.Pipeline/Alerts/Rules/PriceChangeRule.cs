using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>change</c>: the price has moved by a fraction within a window.</summary>
internal sealed class PriceChangeRule(RuleHead head, Limit limit, string direction, TimeSpan window) : AlertRule(head)
{
    private readonly Dictionary<string, PriceWindow> windows = new(StringComparer.Ordinal);

    public static AlertRule Read(RuleHead head, Conditions when) => new PriceChangeRule(
        head,
        new Limit(when.Needed("by", 0.0001, 100), IsAbove: true, when.Hysteresis(0.2)),
        when.Word("direction", "any", "any", "up", "down"),
        when.Span("window", TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)));

    public override Type Sees => typeof(PriceSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not PriceSeen price || !Concerns(price)) return;
        var subject = SubjectOf(price);
        if (!windows.TryGetValue(subject, out var past)) windows[subject] = past = new PriceWindow(window);
        if (past.Add(price.Time, price.Price) is not { } before) return;
        var change = (price.Price / before) - 1;
        var size = direction switch { "up" => change, "down" => -change, _ => Math.Abs(change) };
        into.Add(new Reading(subject, limit.Judge(size), seen, change));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var price = ((PriceSeen)reading.Seen).Price;
        var title = phase == AlertPhase.Raised
            ? $"{reading.Subject} {(reading.Value > 0 ? "up" : "down")} {Say.Percent(Math.Abs(reading.Value))} in {Say.Span(window)}"
            : $"{reading.Subject} calmer: {Say.Percent(reading.Value)} in {Say.Span(window)}";
        return new Wording(
            title, $"The price is {Say.Price(price)}, {Say.Percent(reading.Value)} from that of {Say.Span(window)} before; the limit is {Say.Percent(limit.Value)}.",
            new AlertFigure("price", price), new AlertFigure("change", reading.Value), new AlertFigure("limit", limit.Value));
    }
}
