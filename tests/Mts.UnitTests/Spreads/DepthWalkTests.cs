using Mts.Core.Books;
using Mts.Core.Spreads;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Spreads;

public sealed class DepthWalkTests
{
    private static TradeTerms Free => default;

    [Fact]
    public void Of_the_original_case_is_90_gross()
    {
        var best = Best(Asks((43010, 2)), Bids((43100, 1.5)), Free, share: 0.8)!.Value;

        best.BuyPrice.ShouldBe(43010);
        best.SellPrice.ShouldBe(43100);
        best.Absolute.ShouldBe(90);
        best.GrossPercent.ShouldBe(0.20925, 5e-6);
        best.Size.ShouldBe(1.2, 1e-12);
        best.NetPercent.ShouldBe(best.GrossPercent, 1e-12);
    }

    [Fact]
    public void Of_the_original_case_is_a_tenth_of_a_percent_net_of_fees()
    {
        var best = Best(Asks((43010, 2)), Bids((43100, 1.5)), new TradeTerms(0.0005, 0.0005, 0, 0, 0), share: 0.8)!.Value;

        best.NetPercent.ShouldBe(0.109, 5e-4); // (90 − 21.505 − 21.55) / 43010
        best.Net.ShouldBe(1.2 * 46.945, 1e-9);
        best.Fees.ShouldBe(1.2 * 43.055, 1e-9);
    }

    [Fact]
    public void Goes_on_as_long_as_a_unit_pays()
    {
        // 1 of 100 → 103, 1 of 101 → 103, 2 of 101 → 102; 103 → 102 does not pay.
        var best = Best(Asks((100, 1), (101, 3), (103, 9)), Bids((103, 2), (102, 9)), Free)!.Value;

        best.Size.ShouldBe(4);
        best.BuyPrice.ShouldBe(403.0 / 4);
        best.SellPrice.ShouldBe(410.0 / 4);
        best.Net.ShouldBe(7);
    }

    [Fact]
    public void Stops_where_fees_eat_the_rest()
    {
        // 1 % each: 103·0.99 − 100·1.01 = 0.97, 103·0.99 − 101·1.01 = −0.04.
        var best = Best(Asks((100, 1), (101, 3)), Bids((103, 2)), new TradeTerms(0.01, 0.01, 0, 0, 0))!.Value;

        best.Size.ShouldBe(1);
        best.Net.ShouldBe(0.97, 1e-9);
    }

    [Fact]
    public void Counts_funding_and_transfer()
    {
        // A unit receives 0.5 of funding and costs 0.1 % of 100 to transfer, 20 are owed in any case: 10·(1 + 0.5 − 0.1) − 3.
        var best = Best(Asks((100, 10)), Bids((101, 10)), new TradeTerms(0, 0, 0.5, 0.001, 3))!.Value;

        best.Funding.ShouldBe(5);
        best.Transfer.ShouldBe(4, 1e-12);
        best.Net.ShouldBe(11, 1e-9);
        best.NetPercent.ShouldBe(1.1, 1e-9);
    }

    [Fact]
    public void Needs_the_size_that_carries_a_fixed_cost()
    {
        Best(Asks((100, 2)), Bids((101, 10)), new TradeTerms(0, 0, 0, 0, 3)).ShouldBeNull();
        Best(Asks((100, 4)), Bids((101, 10)), new TradeTerms(0, 0, 0, 0, 3))!.Value.Net.ShouldBe(1);
    }

    [Fact]
    public void Keeps_the_return_that_is_asked_for()
    {
        // 1 at 3 % and then 1 % units: at 2 % of what is bought, x more units give (3 + x) = 0.02·(100 + 100x), x = 1.
        var deep = Best(Asks((100, 10)), Bids((103, 1), (101, 9)), Free, leastReturn: 0.02)!.Value;
        deep.Size.ShouldBe(2, 1e-12);
        deep.NetPercent.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void Buys_no_more_than_it_may() =>
        Best(Asks((100, 10)), Bids((101, 10)), Free, maxNotional: 250)!.Value.Size.ShouldBe(2.5);

    [Fact]
    public void Ends_where_the_book_is_not_known()
    {
        var asks = Asks((100, 1), (101, 1));
        var bids = Bids((105, 9));

        DepthWalk.Best(Cursor(asks, false, edge: 100_0000_0000), Cursor(bids, true), Free, 1e9, 0)!.Value.Size.ShouldBe(1);
        DepthWalk.Best(Cursor(asks, false, levels: 1), Cursor(bids, true), Free, 1e9, 0)!.Value.Size.ShouldBe(1);
        DepthWalk.Best(Cursor(asks, false, edge: 99_0000_0000), Cursor(bids, true), Free, 1e9, 0).ShouldBeNull();
    }

    [Fact]
    public void Gives_the_prices_of_a_notional()
    {
        // 100 + 101·1.5 = 251.5 buys 2.5, sold as 1 at 99 and 1.5 at 98: a loss is told too.
        var asks = Asks((100, 1), (101, 3));
        var bids = Bids((99, 1), (98, 5));
        var executed = DepthWalk.For(Cursor(asks, false), Cursor(bids, true), Free, 251.5)!.Value;

        executed.Size.ShouldBe(2.5, 1e-12);
        executed.BuyPrice.ShouldBe(251.5 / 2.5, 1e-12);
        executed.SellPrice.ShouldBe((99 + 147) / 2.5, 1e-12);
        DepthWalk.For(Cursor(asks, false), Cursor(bids, true), Free, 404).ShouldBeNull();
    }

    [Fact]
    public void Has_the_greatest_profit_of_all_sizes()
    {
        var random = new Random(11);
        for (var run = 0; run < 500; run++)
        {
            var asks = Asks([.. Enumerable.Range(0, 6).Select(i => (100.0 + i + random.Next(3), (double)random.Next(1, 5)))]);
            var bids = Bids([.. Enumerable.Range(0, 6).Select(i => (106.0 - i - random.Next(3), (double)random.Next(1, 5)))]);
            var terms = new TradeTerms(0.01, 0.005, (random.NextDouble() - 0.5) * 2, 0.001, random.Next(3));
            var least = random.Next(2) * 0.01;
            var found = DepthWalk.Best(Cursor(asks, false), Cursor(bids, true), terms, 1e9, least);
            var brute = Sizes(asks, bids).Select(q => Net(asks, bids, terms, q)).Where(n => n.Net >= 0 && n.Net >= least * n.Bought).Select(n => n.Net).DefaultIfEmpty(double.NaN).Max();

            if (found is not { } best) brute.ShouldBe(double.NaN);
            else if (least == 0) best.Net.ShouldBe(brute, 1e-6);
            else best.Net.ShouldBeGreaterThanOrEqualTo(brute - 1e-6);
            if (found is { } b) b.Net.ShouldBeGreaterThanOrEqualTo((least * b.Notional) - 1e-6);
        }
    }

    // The profit bends only where a level ends.
    private static IEnumerable<double> Sizes(BookSide asks, BookSide bids) => Edges(asks).Concat(Edges(bids)).Where(q => q <= Math.Min(Edges(asks).Last(), Edges(bids).Last()));

    private static List<double> Edges(BookSide side)
    {
        var (edges, sum) = (new List<double>(), 0.0);
        for (var i = 0; i < side.Count; i++) edges.Add(sum += side[i].Size / 1e8);
        return edges;
    }

    private static (double Net, double Bought) Net(BookSide asks, BookSide bids, TradeTerms terms, double size)
    {
        var (bought, sold) = (Value(asks, size), Value(bids, size));
        return ((sold * (1 - terms.SellFee)) - (bought * (1 + terms.BuyFee + terms.TransferRate)) + (size * terms.Funding) - terms.TransferCost, bought);
    }

    private static double Value(BookSide side, double size)
    {
        var value = 0.0;
        for (var i = 0; i < side.Count && size > 1e-12; i++)
        {
            var part = Math.Min(size, side[i].Size / 1e8);
            value += part * side[i].Price / 1e8;
            size -= part;
        }

        return value;
    }

    private static Execution? Best(BookSide asks, BookSide bids, TradeTerms terms, double share = 1, double maxNotional = 1e9, double leastReturn = 0) =>
        DepthWalk.Best(Cursor(asks, false, share: share), Cursor(bids, true, share: share), terms, maxNotional, leastReturn);

    private static LevelCursor Cursor(BookSide side, bool isBid, double share = 1, long? edge = null, int levels = 50) =>
        new(side, NumberScale.Default, isBid, edge, new DepthLimits(levels, share));

    private static BookSide Asks(params (double Price, double Size)[] levels) => Books.Of([], levels).Asks;

    private static BookSide Bids(params (double Price, double Size)[] levels) => Books.Of(levels, []).Bids;
}
