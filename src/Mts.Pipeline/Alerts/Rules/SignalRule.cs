using Mts.Core.Alerts;
using Mts.Core.Signals;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>signal</c>: a strategy made a signal that is sure enough.</summary>
/// <remarks>The direction belongs to the subject: a reversal is news however short a while ago the last one was.</remarks>
internal sealed class SignalRule(RuleHead head, string? strategy, string? asset, Direction? direction, double minConfidence) : AlertRule(head)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new SignalRule(
        head, when.Text("strategy"), when.Asset("asset"),
        when.Word("direction", "any", "any", "long", "short", "flat") switch { "long" => Direction.Long, "short" => Direction.Short, "flat" => Direction.Flat, _ => null },
        when.Number("minConfidence", 0, 1) ?? 0);

    public override string? Asset => asset;

    public override Type Sees => typeof(SignalSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not SignalSeen { Signal: var signal } || signal.Confidence < minConfidence) return;
        if (direction is { } wanted && wanted != signal.Direction) return;
        if (asset is not null && !string.Equals(asset, signal.Asset, StringComparison.OrdinalIgnoreCase)) return;
        if (strategy is not null && StrategyNames.Find(strategy, [signal.Strategy]) is null) return;
        into.Add(new Reading($"{signal.Asset} {signal.Strategy} {Word(signal.Direction)}", Stance.Event, seen, signal.Confidence));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var signal = ((SignalSeen)reading.Seen).Signal;
        List<AlertFigure> figures = [new("price", signal.Price), new("confidence", signal.Confidence), new("strength", signal.Strength), new("position_size", signal.PositionSize)];
        if (signal.Stop is { } stop) figures.Add(new("stop", stop));
        if (signal.Target is { } target) figures.Add(new("target", target));
        return new Wording($"{signal.Asset} {Word(signal.Direction)} at {Say.Price(signal.Price)} ({signal.Strategy})", signal.Reason, figures);
    }

    private static string Word(Direction direction) => direction switch { Direction.Long => "LONG", Direction.Short => "SHORT", _ => "FLAT" };
}
