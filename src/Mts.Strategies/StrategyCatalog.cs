using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies.BollingerBreakout;
using Mts.Strategies.BuyHold;
using Mts.Strategies.CrossSectionalMomentum;
using Mts.Strategies.Donchian;
using Mts.Strategies.Macd;
using Mts.Strategies.MeanReversion;
using Mts.Strategies.Momentum;
using Mts.Strategies.RsiReversal;
using Mts.Strategies.SmaCross;
using Mts.Strategies.VixCorrelation;
using Mts.Strategies.Volatility;

namespace Mts.Strategies;

/// <summary>The strategies of the product; a new one is one more entry.</summary>
public sealed class StrategyCatalog : IStrategyCatalog
{
    private static readonly StrategyEntry[] Entries =
    [
        BuyHoldStrategy.Entry,
        SmaCrossStrategy.Entry,
        MeanReversionStrategy.Entry,
        VixCorrelationStrategy.Entry,
        MomentumStrategy.Entry,
        VolatilityStrategy.Entry,
        RsiReversalStrategy.Entry,
        BollingerBreakoutStrategy.Entry,
        MacdStrategy.Entry,
        DonchianStrategy.Entry,
        CrossSectionalMomentumStrategy.Entry,
    ];

    public IReadOnlyList<StrategyDescriptor> All { get; } = [.. Entries.Select(e => e.Descriptor)];

    public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters)
    {
        var found = StrategyNames.Resolve(name, [.. Entries.Select(e => e.Descriptor.Name)]);
        var entry = Array.Find(Entries, e => e.Descriptor.Name == found)!;
        return entry.Create(NumberSpec.Read($"strategy {found}", entry.Descriptor.Parameters, parameters));
    }
}
