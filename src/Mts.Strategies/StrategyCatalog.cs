using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies.BollingerBreakout;
using Mts.Strategies.BuyHold;
using Mts.Strategies.CrossSectionalMomentum;
using Mts.Strategies.Dca;
using Mts.Strategies.Donchian;
using Mts.Strategies.EthTopsBottoms;
using Mts.Strategies.FundingCarry;
using Mts.Strategies.Macd;
using Mts.Strategies.MeanReversion;
using Mts.Strategies.Momentum;
using Mts.Strategies.MultiBucket;
using Mts.Strategies.MultiFactor;
using Mts.Strategies.PairsTrading;
using Mts.Strategies.Ripple;
using Mts.Strategies.RsiReversal;
using Mts.Strategies.SmaCross;
using Mts.Strategies.VixCorrelation;
using Mts.Strategies.Volatility;
using Mts.Strategies.VolatilityTarget;

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
        VolatilityTargetStrategy.Entry,
        PairsTradingStrategy.Entry,
        FundingCarryStrategy.Entry,
        DcaStrategy.Entry,
        MultiFactorStrategy.Entry,
        MultiBucketStrategy.Entry,
        RippleStrategy.Entry,
        EthTopsBottomsStrategy.Entry,
    ];

    public IReadOnlyList<StrategyDescriptor> All { get; } = [.. Entries.Select(e => e.Descriptor)];

    public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters)
    {
        var found = StrategyNames.Resolve(name, [.. Entries.Select(e => e.Descriptor.Name)]);
        var entry = Array.Find(Entries, e => e.Descriptor.Name == found)!;
        return entry.Create(NumberSpec.Read($"strategy {found}", entry.Descriptor.Parameters, parameters));
    }
}
