using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Strategies.MultiBucket;

/// <summary>Four buckets over all coins of the run: momentum, residual to BTC, mean reversion, hedged pairs. What they want of one coin is added up.</summary>
/// <remarks>
/// A row is an instant at which every coin has a bar. The factor is BTC, or the first coin where it is not in the run.
/// The original's formulae, except: z is measured against the momenta before the present one (there the newest 180 were left out); a residual against those before it;
/// the impossible condition of a reversion long is the mirror of the short's; its target is half the way back, not half the price; pairs trade the hedged distance of
/// logarithms and the correlation of returns, not the raw difference of prices; risk-off ends when the correlation has calmed down. Its settings for exits,
/// which it never read, are one here: a view stands for some rows after it was last taken. Pairs are all of the run, the widest first.
/// </remarks>
internal sealed class MultiBucketStrategy(MultiBucketOptions options) : IStrategy
{
    // A change of the whole that is worth an order, a fraction of equity.
    private const double Band = 0.0025;

    private Coin[] coins = [];
    private PairBook pairs = null!;
    private Regime regime = new();
    private int factor;

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("MultiBucket", "A portfolio of momentum, residuals to BTC, reversion and hedged pairs, smaller while coins move together.", MultiBucketOptions.Specs),
        static values => new MultiBucketStrategy(MultiBucketOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = MultiBucketOptions.WarmUp, MinInstruments = 2 };

    public void OnStart(IStrategyContext context)
    {
        coins = [.. context.Instruments.Select(_ => new Coin(options, context.Instruments.Count))];
        pairs = new PairBook(coins, [.. context.Instruments.Select(i => i.Key.Symbol.Base)], options);
        regime = new Regime();
        factor = Math.Max(0, context.Instruments.ToList().FindIndex(i => i.Key.Symbol.Base == "BTC"));
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var coin = coins[entry.Instrument];
            coin.Close = entry.Bar.Close;
            coin.Wanted.GiveUp(entry.Bar, slice.Time);
        }

        if (slice.Bars.Length == coins.Length) AddRow(slice.Time);
        foreach (ref readonly var entry in slice.Bars) coins[entry.Instrument].Wanted.Say(Name, entry, slice, context);
    }

    private void AddRow(Timestamp time)
    {
        foreach (var coin in coins) coin.AddRow();
        if (!coins[0].Returns.IsFull) return;
        regime.Add([.. coins.Select(c => c.Returns)]);
        for (var i = 0; i < coins.Length; i++)
            coins[i].Look(i == factor ? null : CoinBuckets.ResidualZ(coins[factor].Returns.Values, coins[i].Returns.Values), regime);
        pairs.Look(regime.Leverage);
        foreach (var coin in coins)
        {
            var (weight, confidence, words) = coin.Net();
            var wanted = Math.Abs(weight) < Band ? 0 : weight;
            var level = wanted == 0 ? (double?)null : coin.Close * (1 - (Math.Sign(wanted) * options.Stop));
            coin.Wanted.Want(wanted, coin.Wanted.Value, Band, time, regime.IsRiskOff ? $"risk-off, leverage {regime.Leverage:0.##}: {words}" : $"leverage {regime.Leverage:0.##}: {words}", level, confidence);
        }
    }
}
