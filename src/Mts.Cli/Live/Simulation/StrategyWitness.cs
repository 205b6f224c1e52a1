using Mts.Core.Signals;
using Mts.Engine;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live.Simulation;

/// <summary>
/// Holds what a strategy says of the live bars against its rule, worked out anew from the closes of the bars that were given: SmaCross of one
/// and three bars is long while the last close is above the mean of the last three, and flat while it is below.
/// </summary>
/// <param name="witness">Takes violations and the digest.</param>
/// <param name="instruments">In their order.</param>
/// <param name="start">Bars that close until then give no signal.</param>
internal sealed class StrategyWitness(Witness witness, IReadOnlyList<RunInstrument> instruments, Timestamp start) : QuietTap, ILiveSignalListener
{
    private const int Fast = 1;
    private const int Slow = 3;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<Timestamp, double>[] closes = [.. instruments.Select(_ => new SortedDictionary<Timestamp, double>())];
    private readonly HashSet<(int, Timestamp)> said = [];
    private bool isDisturbed;

    public static IReadOnlyList<StrategyUse> Strategies { get; } =
    [
        new("SmaCross", new Dictionary<string, string>(StringComparer.Ordinal) { ["fast"] = "1", ["slow"] = "3" }),
        new("Momentum", new Dictionary<string, string>(StringComparer.Ordinal)),
    ];

    /// <summary>Signals of the rule that were checked.</summary>
    public long Checked { get; private set; }

    /// <summary>A bar that closed before the start.</summary>
    public void Past(int instrument, Bar bar) => closes[instrument][bar.OpenTime + Length] = bar.Close;

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        for (var i = 0; i < instruments.Count; i++)
        {
            var key = instruments[i].Key;
            if (key.Venue == market.Venue && key.Symbol == market.Symbol) closes[i][bar.OpenTime + Length] = bar.Close;
        }
    }

    public void OnSignal(Signal signal, Timestamp received)
    {
        witness.Add($"{signal.Strategy} {signal.Instrument} {signal.Direction} {signal.Time} {signal.Price:R} {signal.Confidence:R} {signal.Reason}");
        var name = instruments[signal.Instrument].Key;
        if (!closes[signal.Instrument].TryGetValue(signal.Time, out var close)) witness.Violate($"{signal.Strategy} speaks of {name} at {signal.Time}, where no bar has closed");
        else if (close != signal.Price) witness.Violate($"{signal.Strategy} speaks of {name} at {signal.Price:R}, the bar closed at {close:R}");
        if (signal.Time <= start && signal.Time + Length <= start) witness.Violate($"{signal.Strategy} speaks of {name} at {signal.Time}, before the start at {start}");
        if (signal.Strategy != "SmaCross" || isDisturbed) return;
        Checked++;
        said.Add((signal.Instrument, signal.Time));
        if (Wanted(signal.Instrument, signal.Time) is { } wanted && wanted != signal.Direction) witness.Violate($"SmaCross says {signal.Direction} of {name} at {signal.Time}; by the closes it is {wanted}");
    }

    public void OnDecision(AggregateDecision decision, Timestamp received) => witness.Add($"{decision.Asset} {decision.Instrument} {decision.Result?.Direction} {decision.Reason}");

    public void OnNote(string strategy, string text, Timestamp received)
    {
        // Behind a hole in the bars the rule's window is another one.
        isDisturbed = true;
        witness.Add($"{strategy} {text}");
    }

    public void OnFault(string strategy, string message, Timestamp received) => witness.Violate($"{strategy} failed: {message}");

    /// <summary>Every turn of the rule must have been told of.</summary>
    /// <param name="until">Later instants may still wait for a bar.</param>
    public void Whole(Timestamp until)
    {
        if (isDisturbed) return;
        for (var i = 0; i < instruments.Count; i++)
        {
            var direction = Direction.Flat;
            foreach (var time in closes[i].Keys)
            {
                var before = direction;
                direction = Wanted(i, time) is { } wanted ? wanted : direction;
                if (direction != before && time > start && time < until && !said.Contains((i, time))) witness.Violate($"SmaCross has not said that {instruments[i].Key} turned to {direction} at {time}");
            }
        }
    }

    // Null at equality, where nothing changes, and where there are too few bars.
    private Direction? Wanted(int instrument, Timestamp time)
    {
        var last = new List<double>();
        for (var i = 0; i < Slow; i++)
        {
            if (!closes[instrument].TryGetValue(time - (Length * i), out var close)) return null;
            last.Add(close);
        }

        var order = ((decimal)last[..Fast].Average(v => (decimal)v)).CompareTo(last.Average(v => (decimal)v));
        return order == 0 ? null : order > 0 ? Direction.Long : Direction.Flat;
    }
}
