using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Core.Ports;

/// <summary>Turns closed bars into signals; reads no clock and does no I/O.</summary>
public interface IStrategy
{
    /// <summary>The catalogue name, <c>SmaCross</c>.</summary>
    string Name { get; }

    /// <summary>What the strategy cannot do without.</summary>
    StrategyNeeds Needs { get; }

    /// <summary>Called once before the first slice: allocate what each instrument needs.</summary>
    void OnStart(IStrategyContext context);

    /// <summary>Called once per instant, oldest first.</summary>
    /// <param name="slice">All bars that closed at this instant.</param>
    /// <param name="context">Everything known at this instant, own positions included; takes the signals.</param>
    void OnSlice(in MarketSlice slice, IStrategyContext context);
}

/// <summary>How the instruments of a run share the capital.</summary>
public enum CapitalSharing
{
    /// <summary>One account; a signal's size is a fraction of its whole equity.</summary>
    Shared,

    /// <summary>Each of N instruments owns 1/N of the capital as an account of its own.</summary>
    Equal,
}

/// <summary>Instruments, intervals, macro series and warm-up without which a strategy has nothing to say.</summary>
public sealed record StrategyNeeds
{
    /// <summary>FRED ids.</summary>
    public IReadOnlyList<string> MacroSeries { get; init; } = [];

    /// <summary>Longer bars beside the run's own, each a multiple of them; read with <see cref="IStrategyContext.Past(int, Interval)"/>.</summary>
    public IReadOnlyList<IntervalNeed> Intervals { get; init; } = [];

    /// <summary>Bars of the run per instrument before the first signal can come.</summary>
    public int WarmUpBars { get; init; }

    /// <summary>True refuses a series without per-bar volume.</summary>
    public bool Volume { get; init; }

    /// <summary>Least number of instruments in the run.</summary>
    public int MinInstruments { get; init; } = 1;

    public CapitalSharing Capital { get; init; } = CapitalSharing.Shared;

    /// <summary>The warm-up of the longer bars included, in bars of the run: one more of each, for the first may lack its begin.</summary>
    public int WarmUpAt(Interval interval)
    {
        var most = (long)WarmUpBars;
        foreach (var need in Intervals.Where(n => n.WarmUpBars > 0 && n.Interval != interval))
            most = Math.Max(most, (need.WarmUpBars + 1) * ((need.Interval.Micros / interval.Micros) + 1));
        return (int)Math.Min(most, int.MaxValue);
    }
}

/// <param name="Interval">Length of the bars.</param>
/// <param name="WarmUpBars">How many of them before the first signal can come.</param>
public sealed record IntervalNeed(Interval Interval, int WarmUpBars = 0);

/// <summary>The bars that closed at one instant.</summary>
/// <param name="time">The instant: close time of each of the bars.</param>
/// <param name="bars">In the order of the instruments; an instrument without a bar at this instant is missing.</param>
public readonly ref struct MarketSlice(Timestamp time, ReadOnlySpan<SliceBar> bars)
{
    public Timestamp Time { get; } = time;

    public ReadOnlySpan<SliceBar> Bars { get; } = bars;
}

/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Bar">The closed bar.</param>
public readonly record struct SliceBar(int Instrument, Bar Bar);

/// <summary>What a strategy may know at one instant, and where its signals go.</summary>
public interface IStrategyContext
{
    /// <summary>The run's instruments; their index is used everywhere.</summary>
    IReadOnlyList<RunInstrument> Instruments { get; }

    /// <summary>Equity at the last closes: of the whole account, or of the instrument's own share (<see cref="CapitalSharing.Equal"/>).</summary>
    double Equity(int instrument);

    /// <summary>The strategy's own position.</summary>
    PositionView Position(int instrument);

    /// <summary>The run's executed orders, oldest first.</summary>
    IReadOnlyList<Fill> Fills { get; }

    /// <summary>All bars of the instrument that have closed by now, oldest first.</summary>
    PastBars Past(int instrument);

    /// <summary>All longer bars of the instrument that have closed by now, oldest first; a bar that lacks one of its parts is missing.</summary>
    /// <param name="instrument">Its index.</param>
    /// <param name="interval">The run's own, or one of <see cref="StrategyNeeds.Intervals"/>.</param>
    /// <exception cref="StrategyException">The strategy's needs do not name it.</exception>
    PastBars Past(int instrument, Interval interval) => throw new StrategyException($"There are no {interval} bars here.");

    /// <summary>Whether a bar of that length closed at this very instant.</summary>
    /// <exception cref="StrategyException">The strategy's needs do not name it.</exception>
    bool HasClosed(int instrument, Interval interval) => throw new StrategyException($"There are no {interval} bars here.");

    /// <summary>The observations of a series that were public by now and not missing, oldest day first; empty where none.</summary>
    ReadOnlySpan<MacroObservation> Macro(string seriesId);

    /// <summary>The funding rates of a perpetual that were settled before this instant, oldest first; empty where none are known.</summary>
    ReadOnlySpan<FundingRate> Funding(int instrument) => [];

    void Emit(Signal signal);

    /// <summary>Gives an order; a strategy that implements <see cref="IOrderListener"/> is told what becomes of it.</summary>
    /// <returns>Its id, above zero and rising.</returns>
    /// <exception cref="StrategyException">It is impossible; the message names strategy, instant and figure.</exception>
    long Submit(OrderRequest order) => throw new NotSupportedException("Orders are taken by backtests and sessions.");

    /// <summary>Takes an order of this strategy back, as soon as that reaches the venue.</summary>
    /// <returns>False where no such order works.</returns>
    bool Cancel(long orderId) => false;

    /// <summary>The strategy's working orders in an instrument, bracket orders included, by id.</summary>
    IReadOnlyList<WorkingOrder> Orders(int instrument) => [];
}

/// <param name="Asset">The asset's id, <c>bitcoin</c>.</param>
/// <param name="Key">The series that the run reads.</param>
/// <param name="HasVolume">Whether its bars have a volume.</param>
public sealed record RunInstrument(string Asset, SeriesKey Key, bool HasVolume);

/// <param name="Quantity">Base units; negative for a short, zero for none.</param>
/// <param name="EntryPrice">Mean fill price of what is open; 0 when flat.</param>
/// <param name="EntryTime">When the position was opened.</param>
public readonly record struct PositionView(double Quantity, double EntryPrice, Timestamp EntryTime)
{
    public Direction Direction => (Direction)Math.Sign(Quantity);
}

/// <summary>The closed bars of a series up to an instant, column by column, without copying.</summary>
public readonly ref struct PastBars(BarSeries series, int count)
{
    public int Count { get; } = count;

    public ReadOnlySpan<long> OpenTimes => series.OpenTimes[..Count];

    public ReadOnlySpan<double> Opens => series.Opens[..Count];

    public ReadOnlySpan<double> Highs => series.Highs[..Count];

    public ReadOnlySpan<double> Lows => series.Lows[..Count];

    public ReadOnlySpan<double> Closes => series.Closes[..Count];

    public ReadOnlySpan<double> Volumes => series.Volumes[..Count];
}
