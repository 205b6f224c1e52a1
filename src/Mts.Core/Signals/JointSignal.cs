using Mts.Core.Market;

namespace Mts.Core.Signals;

/// <summary>The winners' signal: their mean, weighted by weight × confidence.</summary>
internal static class JointSignal
{
    /// <returns>The signal, or null where nobody has won or too little is left of the size; and the reason in either case.</returns>
    public static (Signal? Signal, string Reason) Of(AggregateVerdict verdict, AggregatorOptions options)
    {
        var winners = verdict.Winners;
        if (winners.Length == 0) return (null, verdict.Why);
        var direction = winners[0].Signal.Direction;
        var (size, note) = Size(direction, Mean(winners, s => s.PositionSize)!.Value, verdict.Lead, options);
        var reason = $"{verdict.Why}: {string.Join(", ", winners.Select(w => w.Words))}{note}";
        if (size is null) return (null, reason);
        var confidence = Mean(winners, s => s.Confidence)!.Value;
        return (new Signal
        {
            Asset = winners[0].Signal.Asset,
            Instrument = winners[0].Signal.Instrument,
            Direction = direction,
            Strength = Level(winners.Length, confidence, verdict.Share).ToNumber(),
            Confidence = confidence,
            PositionSize = size.Value,
            Resizes = Array.Exists(winners, w => w.Signal.Resizes),
            Stop = Mean(winners, s => s.Stop),
            Target = Mean(winners, s => s.Target),
            Horizon = winners.Min(w => w.Signal.Horizon),
            Strategy = SignalAggregator.Name,
            Time = new Timestamp(winners.Max(w => w.Signal.Time.Micros)),
            Price = Mean(winners, s => s.Price)!.Value,
            Reason = reason,
        }, reason);
    }

    private static (double? Size, string Note) Size(Direction direction, double mean, double lead, AggregatorOptions options)
    {
        if (direction == Direction.Flat) return (0, "");
        var size = mean * lead;
        var note = lead < 1 ? $"; conflict leaves {lead:0.###} of size {mean:0.######}" : "";
        if (size < options.MinSize) return (null, $"{note}; size {size:0.######} is below {options.MinSize:0.######}");
        return size > options.MaxSize ? (options.MaxSize, $"{note}; size {size:0.######} cut to {options.MaxSize:0.######}") : (size, note);
    }

    // Over those that have the value: a missing stop is not a stop at zero.
    private static double? Mean(AggregateInput[] winners, Func<Signal, double?> value)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var winner in winners)
        {
            if (value(winner.Signal) is not { } v) continue;
            sum += winner.Effective * v;
            weights += winner.Effective;
        }

        return weights > 0 ? sum / weights : null;
    }

    private static StrengthLevel Level(int count, double confidence, double share)
    {
        if (count == 1) return StrengthLevels.Of(confidence, 0.8, 0.6);
        var (byConfidence, byShare) = (StrengthLevels.Of(confidence, 0.7, 0.5), StrengthLevels.Of(share, 0.7, 0.5));
        return byConfidence < byShare ? byConfidence : byShare;
    }
}
