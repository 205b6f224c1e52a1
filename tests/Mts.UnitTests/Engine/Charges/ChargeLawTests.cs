using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine.Charges;

/// <summary>What holds of every run with tiers, margin, interest and rules, over seeded markets and scripts.</summary>
public sealed class ChargeLawTests
{
    private static readonly MarginTable Table = new("t", 125, [new(0, 0.01m, 50), new(50_000, 0.02m, 20), new(200_000, 0.1m, 5)]);
    private static readonly FeeSchedule Spot = new("spot", false, [new FeeTable(Runs.Start, [new FeeTier(0, 8, 10), new FeeTier(300_000, -1, 6)]), new FeeTable(Runs.Start + TimeSpan.FromDays(70), [new FeeTier(0, 2, 4)])]);
    private static readonly FeeSchedule Perpetual = Spot with { Name = "perpetual", IsPerpetual = true };

    [Fact]
    public void Money_is_conserved_against_a_model_of_rational_numbers()
    {
        var (liquidations, shorts) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var (result, fills) = RandomRun(seed);
            // Each fill moves quantity × price, rounded once, and its fee; funding and interest move the rest.
            var cash = (BigInteger)Scaled.Amount(100_000m);
            BigInteger[] held = [0, 0, 0];
            foreach (var fill in fills)
            {
                var quantity = (BigInteger)Scaled.Amount(fill.Order.Quantity);
                cash -= (int)fill.Order.Side * Rounded(quantity, fill.Price);
                cash -= (BigInteger)Scaled.Amount(fill.Fee);
                held[fill.Order.Instrument] += (int)fill.Order.Side * quantity;
            }

            cash += (BigInteger)Scaled.Amount(result.Metrics.Funding!.Value) - (BigInteger)Scaled.Amount(result.Metrics.BorrowInterest!.Value);
            for (var i = 0; i < 3; i++) cash += Rounded(held[i], LastClose(seed, i));
            Scaled.ToDecimal((WideInt)cash).ShouldBe(result.Metrics.FinalEquity, $"seed {seed}");

            result.Metrics.FinalEquity.ShouldBe(100_000m + result.Trades.Sum(t => t.Pnl) + result.OpenPositions.Sum(p => p.UnrealizedPnl), $"seed {seed}");
            result.Metrics.Fees.ShouldBe(result.Metrics.FeesMaker + result.Metrics.FeesTaker + result.Metrics.LiquidationFees);
            result.Metrics.Fees.ShouldBe(result.Trades.Sum(t => t.Fees) + result.OpenPositions.Sum(p => p.Fees), $"seed {seed}");
            result.Trades.Count(t => t.Reason == "liquidation").ShouldBe(result.Metrics.Liquidations);
            liquidations += result.Metrics.Liquidations;
            shorts += result.Metrics.BorrowInterest > 0 ? 1 : 0;
        }

        // Otherwise the law was not looked at where it matters.
        liquidations.ShouldBeGreaterThan(20);
        shorts.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void An_isolated_position_never_loses_more_than_its_margin()
    {
        var reduced = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var (result, _) = RandomRun(seed, new MarginOptions(MarginMode.Isolated, 5, 4, [null, null, Table]), hasFunding: false);
            // What a first step leaves of the margin stands behind the next one.
            foreach (var steps in result.Trades.Where(t => t.Reason == "liquidation").GroupBy(t => t.EntryTime))
            {
                reduced += steps.Count() > 1 ? 1 : 0;
                steps.Sum(t => t.Pnl).ShouldBeGreaterThanOrEqualTo(-(steps.Sum(t => t.Quantity * t.EntryPrice) / 5) - steps.Sum(t => t.Fees) - 0.00000004m, $"seed {seed}");
            }
        }

        reduced.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        for (var seed = 0; seed < 6; seed++) BacktestJson.Write(RandomRun(seed).Result).ShouldBe(BacktestJson.Write(RandomRun(seed).Result));
    }

    [Fact]
    public void Higher_costs_never_leave_more()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var series = Runs.Random(seed, 200);
            Falls(seed, [0, 5, 40, 200], f => Finals(Runs.SmaCross(3, 9), new CostOptions { Fees = [new FeeSchedule("f", false, [new FeeTable(default, [new FeeTier(0, f, f)])])] }, series));
            Falls(seed, [0, 5, 40, 200], s => Finals(Runs.SmaCross(3, 9), new CostOptions { Spread = new SpreadOptions(s) }, series));
            Falls(seed, [0.1m, 1, 5], c => Finals(Runs.SmaCross(3, 9), new CostOptions { Impact = new ImpactOptions(ImpactLaw.SquareRoot, (double)c) }, series));
            Falls(seed, [0, 0.1m, 2, 10], a => Finals(new Script().At(5, Direction.Short, s => s.With(0.5)).At(80, Direction.Flat), new CostOptions { BorrowApr = a }, series));
            Falls(seed, [0, 10, 500], l => Finals(
                new Script().At(5, Direction.Long, s => s.With(5)), new CostOptions { Margin = new MarginOptions(MarginMode.Isolated, 5, 1, [Table with { LiquidationFeeBps = l }]) },
                BarSeries.From(series.Key with { Symbol = Symbol.Parse("BTC/USDT:USDT") }, true, [.. Enumerable.Range(0, series.Length).Select(i => series[i])])));
        }

        static decimal Finals(Mts.Core.Ports.IStrategy strategy, CostOptions costs, BarSeries series) =>
            Runs.Run(strategy, new BacktestOptions { AllowShort = true, Costs = costs }, series).Metrics.FinalEquity;

        static void Falls(int seed, decimal[] levels, Func<decimal, decimal> final)
        {
            var finals = levels.Select(final).ToArray();
            finals.ShouldBe([.. finals.OrderDescending()], $"seed {seed}");
        }
    }

    private static BarSeries[] Market(int seed) => [Runs.Random(seed, 200, "BTC/USDT"), Runs.Random(seed + 100, 200, "ETH/USDT"), Runs.Random(seed + 200, 200, "SOL/USDT:USDT")];

    private static decimal LastClose(int seed, int instrument) => Scaled.ToDecimal(Scaled.Price(Market(seed)[instrument].Closes[^1]));

    // Quantity of 10⁻⁸ times an exact price, to 10⁻⁸, half away from zero.
    private static BigInteger Rounded(BigInteger quantity, decimal price)
    {
        var bits = decimal.GetBits(price);
        var mantissa = new BigInteger((uint)bits[0]) + (new BigInteger((uint)bits[1]) << 32) + (new BigInteger((uint)bits[2]) << 64);
        var scale = BigInteger.Pow(10, (bits[3] >> 16) & 0xFF);
        var product = BigInteger.Abs(quantity) * mantissa;
        var rounded = ((product * 2) + scale) / (scale * 2);
        return quantity.Sign < 0 ? -rounded : rounded;
    }

    private static (BacktestResult Result, IReadOnlyList<Fill> Fills) RandomRun(int seed, MarginOptions? margin = null, bool hasFunding = true)
    {
        var inputs = Runs.Inputs(Market(seed));
        var random = new Random(seed);
        FundingRate[] rates = [.. Enumerable.Range(0, 600).Select(i => new FundingRate(Runs.Start + TimeSpan.FromHours(8 * i), (random.NextDouble() - 0.4) * 0.001, null))];
        inputs = inputs with { Instruments = [inputs.Instruments[0], inputs.Instruments[1], inputs.Instruments[2] with { Funding = hasFunding ? rates : null }] };
        margin ??= new MarginOptions(seed % 2 == 0 ? MarginMode.Isolated : MarginMode.Cross, 5, 4, [null, null, Table]);
        IReadOnlyList<Fill> fills = [];
        var script = LawTests.Scripted(seed, 3, 199).Watch(c => fills = c.Fills);
        var costs = new CostOptions
        {
            Fees = [Spot, Spot, Perpetual],
            Spread = new SpreadOptions(7),
            Impact = new ImpactOptions(ImpactLaw.SquareRoot, 0.001),
            Margin = margin,
            BorrowApr = 0.3m,
            Rules = [null, new RuleHistory([new(Runs.Start, 0.00000003m, 0.0001m, 25)]), null],
        };
        return (Runs.Run(script, new BacktestOptions { AllowShort = true, Costs = costs }, inputs), fills);
    }
}
