using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.PairsTrading;

/// <summary>Sells the dearer of two instruments short and buys the other, by the hedge ratio of a rolling regression, until their distance has closed.</summary>
/// <remarks>
/// Gatev, Goetzmann and Rouwenhorst, Pairs Trading, Review of Financial Studies 19, 2006; the hedged form after Vidyamurthy, Pairs Trading, 2004.
/// The legs are sized once, at entry, in the proportion 1 : β of that bar, and together make the size asked for; a β of zero or below is no hedge and not traded.
/// Both closes of one instant are taken; an instant at which one of the two has no bar is left out. The short leg of a spot market needs <c>--allow-short</c>.
/// </remarks>
internal sealed class PairsTradingStrategy(PairsTradingOptions options) : IStrategy
{
    private readonly Stance[] stances = [new(), new()];
    private readonly double[] sizes = [0, 0];
    private readonly string[] names = ["", ""];
    private Spread spread = new(options.Lookback);
    private bool hasGivenUp;

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("PairsTrading", "Trades the distance of two instruments against its mean, hedged by a rolling regression.", PairsTradingOptions.Specs),
        static values => new PairsTradingStrategy(PairsTradingOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = options.Lookback, MinInstruments = 2 };

    /// <exception cref="ConfigurationException">The run has more than two instruments.</exception>
    public void OnStart(IStrategyContext context)
    {
        if (context.Instruments.Count != 2) throw new ConfigurationException($"strategy PairsTrading trades two symbols against each other, and the run has {context.Instruments.Count}; name two.");
        for (var i = 0; i < 2; i++) (stances[i], names[i]) = (new Stance(), context.Instruments[i].Key.Symbol.ToString());
        (spread, hasGivenUp) = (new Spread(options.Lookback), false);
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        if (slice.Bars.Length == 2)
        {
            spread.Add(slice.Bars[0].Bar.Close, slice.Bars[1].Bar.Close);
            if (spread.Measure() is { } figures) Judge(figures, slice.Time);
        }

        foreach (ref readonly var entry in slice.Bars) stances[entry.Instrument].Say(Name, sizes[entry.Instrument], entry, slice, context);
    }

    private void Judge(in SpreadFigures f, Timestamp time)
    {
        var (distance, side) = (Math.Abs(f.Z), (int)stances[0].Direction);
        if (distance < options.Exit) hasGivenUp = false;
        if (side != 0)
        {
            if (distance < options.Exit || Math.Sign(f.Z) == side) Leave(f, "closed: beyond", options.Exit, time);
            else if (options.Stop > 0 && distance > options.Stop) (hasGivenUp, _) = (true, Leave(f, "given up: beyond", options.Stop, time));
            return;
        }

        if (hasGivenUp || distance <= options.Entry || !(f.Beta > 0)) return;
        if (options.Stop > 0 && distance > options.Stop) return;
        if (options.Cointegrated && !(f.Statistic < DickeyFuller.CriticalValue(options.Lookback))) return;
        var (dear, unit) = (Math.Sign(f.Z), options.Size / (1 + f.Beta));
        (sizes[0], sizes[1]) = (unit, f.Beta * unit);
        stances[0].Take((Direction)(-dear), time, Words(f, "beyond", options.Entry));
        stances[1].Take((Direction)dear, time, Words(f, "beyond", options.Entry));
    }

    private bool Leave(in SpreadFigures f, string what, double limit, Timestamp time)
    {
        foreach (var stance in stances) stance.Take(Direction.Flat, time, Words(f, what, limit));
        return true;
    }

    private string Words(in SpreadFigures f, string relation, double limit) =>
        $"ln {names[0]} − {f.Beta:0.###} × ln {names[1]}: z {f.Z:0.##} {relation} ±{limit:0.##}; Engle-Granger {f.Statistic:0.##} (5 %: {DickeyFuller.CriticalValue(options.Lookback):0.##}), " +
        $"half-life {(f.HalfLife is { } bars ? $"{bars:0.#} bars" : "none")}";
}
