using System.Globalization;
using System.Numerics;
using Mts.Core.Market;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>A second engine in whole numbers of any length, for one market and long or flat: its trades and money are ours to the last digit.</summary>
public sealed class ExactReferenceTests
{
    private static readonly BigInteger One = 100_000_000;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(10, 5, 1)]
    [InlineData(7.5, 0.25, 1)]
    [InlineData(10, 5, 1_000_000)]
    [InlineData(100, 300, 250_000_000)]
    public void Random_markets(double feeBps, double slippageBps, long lot)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var series = Runs.Random(seed, 300);
            Compare(series, 1, 0, feeBps, slippageBps, lot, seed);
            Compare(series, 2, 5, feeBps, slippageBps, lot, seed);
            Compare(series, 5, 20, feeBps, slippageBps, lot, seed);
        }
    }

    [Theory]
    [InlineData("BTCUSDT_1d.csv")]
    [InlineData("ETHUSDT_1d.csv")]
    [InlineData("SOLUSDT_1d.csv")]
    [InlineData("LTCUSDT_1h.csv.gz")]
    public void Real_markets(string file)
    {
        var series = MarketFile.Read(file);
        Compare(series, 1, 0, 10, 5, 1, 0);
        Compare(series, 10, 50, 10, 5, 1, 0);
        Compare(series, 3, 7, 2.5, 1, 1_000, 0);
    }

    [Theory]
    [InlineData("BTCUSDT_1d.csv")]
    [InlineData("ETHUSDT_1d.csv")]
    [InlineData("LTCUSDT_1h.csv.gz")]
    public void Real_markets_give_the_same_bytes_on_any_thread_and_in_any_run(string file)
    {
        var series = MarketFile.Read(file);
        var first = Document(series);
        var again = new byte[8][];
        Parallel.For(0, again.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => again[i] = Document(series));
        foreach (var other in again) other.AsSpan().SequenceEqual(first).ShouldBeTrue();
        first.Length.ShouldBeGreaterThan(10_000);

        static byte[] Document(BarSeries series) => Mts.Engine.Reports.BacktestJson.Write(Runs.Run(Runs.SmaCross(10, 50), new BacktestOptions { AllowGaps = true }, series));
    }

    private static void Compare(BarSeries series, int fast, int slow, double feeBps, double slippageBps, long lot, int seed)
    {
        var options = new BacktestOptions { FeeBps = (decimal)feeBps, SlippageBps = (decimal)slippageBps, Lots = lot == 1 ? null : [lot / 100_000_000m], AllowGaps = true };
        var strategy = slow == 0 ? Runs.BuyHold() : Runs.SmaCross(fast, slow);
        var result = Runs.Run(strategy, options, series);
        var expected = Reference(series, fast, slow, (BigInteger)(feeBps * 10_000), (BigInteger)(slippageBps * 10_000), lot);
        var name = $"seed {seed}, {fast}/{slow}";
        result.Trades.Select(t => Line(t.Quantity, t.EntryTime, t.ExitTime, t.EntryPrice, t.ExitPrice, t.Pnl, t.Fees)).ShouldBe(expected.Trades, name);
        result.Metrics.FinalEquity.ShouldBe(expected.Final, name);
        result.Metrics.Fees.ShouldBe(expected.Fees, name);
        ((decimal)result.Equity[^1].Value).ShouldBe(expected.Final, 0.00001m, name);
    }

    private static (List<string> Trades, decimal Final, decimal Fees) Reference(BarSeries series, int fast, int slow, BigInteger fee, BigInteger slip, long lot)
    {
        BigInteger[] opens = [.. series.Opens.ToArray().Select(Exact)], closes = [.. series.Closes.ToArray().Select(Exact)];
        var (cash, held, paid, entryFee, fees, entry) = (100_000 * One, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, 0);
        var trades = new List<string>();
        var wanted = false;
        for (var t = 0; t < series.Length; t++)
        {
            if (t > 0 && wanted && held == 0)
            {
                held = cash * One * One * One / (opens[t] * (One + slip) * (One + fee));
                held -= held % lot;
                if (held > 0)
                {
                    paid = Divide(held * opens[t] * (One + slip), One * One);
                    entryFee = BigInteger.Min(Divide(paid * fee, One), cash - paid);
                    (cash, fees, entry) = (cash - paid - entryFee, fees + entryFee, t);
                }
            }
            else if (t > 0 && !wanted && held > 0)
            {
                var got = Divide(held * opens[t] * (One - slip), One * One);
                var exitFee = Divide(got * fee, One);
                (cash, fees) = (cash + got - exitFee, fees + exitFee);
                trades.Add(Line(Money(held), series[entry].OpenTime, series[t].OpenTime, Price(opens[entry] * (One + slip)), Price(opens[t] * (One - slip)), Money(got - paid - entryFee - exitFee), Money(entryFee + exitFee)));
                held = 0;
            }

            if (slow == 0) wanted = true;
            else if (t + 1 >= slow)
            {
                var difference = (Sum(closes, t, fast) * slow) - (Sum(closes, t, slow) * fast);
                if (difference != 0) wanted = difference > 0;
            }
        }

        return (trades, Money(cash + Divide(held * closes[^1], One)), Money(fees));
    }

    private static BigInteger Sum(BigInteger[] closes, int last, int count)
    {
        var sum = BigInteger.Zero;
        for (var i = last - count + 1; i <= last; i++) sum += closes[i];
        return sum;
    }

    // The shortest decimal that reads back as the same double is what the market quoted.
    private static BigInteger Exact(double price) => (BigInteger)(decimal.Parse(price.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) * 100_000_000m);

    private static BigInteger Divide(BigInteger a, BigInteger b) => ((2 * a) + b) / (2 * b);

    // Price and slippage have eight decimals each.
    private static decimal Price(BigInteger value) => (decimal)value / 10_000_000_000_000_000m;

    private static decimal Money(BigInteger value) => (decimal)value / 100_000_000m;

    private static string Line(decimal quantity, Timestamp entry, Timestamp exit, decimal entryPrice, decimal exitPrice, decimal pnl, decimal fees) =>
        $"{quantity:0.########} {entry} {exit} {entryPrice:0.################} {exitPrice:0.################} {pnl:0.########} {fees:0.########}";
}
