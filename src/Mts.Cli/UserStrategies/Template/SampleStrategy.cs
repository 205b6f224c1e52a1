using Mts.Core.Indicators;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace SampleStrategies;

/// <summary>Long while the close is above the mean of the last closes, else flat.</summary>
public sealed class SampleStrategy(int length) : IUserStrategy
{
    // One mean for each instrument of the run.
    private Sma[] means = [];

    // What it is called and takes: mts backtest --strategy Sample --param length=50
    public static StrategyDescriptor Descriptor { get; } = new(
        "Sample",
        "Long while the close is above the mean of the last closes, else flat.",
        [new ParameterSpec("length", Default: 20, Min: 2, Max: 1_000, IsInteger: true, Summary: "closes in the mean")]);

    public string Name => Descriptor.Name;

    // Nothing can be said before there are enough bars; each instrument has its own share of the capital.
    public StrategyNeeds Needs { get; } = new() { WarmUpBars = length, Capital = CapitalSharing.Equal };

    // Every value is in its range already.
    public static IStrategy Create(IReadOnlyDictionary<string, double> parameters) => new SampleStrategy((int)parameters["length"]);

    // Once, before the first bar.
    public void OnStart(IStrategyContext context) => means = [.. context.Instruments.Select(_ => new Sma(length))];

    // At each instant, with the bars that have closed then. What is said here is executed at the open of the next bar.
    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var (instrument, bar) in slice.Bars)
        {
            means[instrument].Add(bar.Close);
            if (means[instrument].Value is not { } mean) continue;
            var wanted = bar.Close > mean ? Direction.Long : Direction.Flat;
            if (context.Position(instrument).Direction == wanted) continue;
            context.Emit(new Signal
            {
                Asset = context.Instruments[instrument].Asset,
                Instrument = instrument,
                Direction = wanted,
                Strategy = Name,
                Time = slice.Time,
                Price = bar.Close,
                Reason = $"close {bar.Close} {(wanted == Direction.Long ? "above" : "not above")} the mean {mean:0.########} of {length}",
            });
        }
    }
}
