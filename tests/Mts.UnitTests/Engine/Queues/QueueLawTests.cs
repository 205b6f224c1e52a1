using Mts.Core.Books;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Execution.Queues;
using Mts.Engine.Reports;
using static Mts.UnitTests.Engine.OrderScript;

namespace Mts.UnitTests.Engine.Queues;

/// <summary>What holds in any market; books, trades and orders are drawn from a seed.</summary>
public sealed class QueueLawTests
{
    private static readonly QueueModel[] Models = [QueueModel.RiskAverse, QueueModel.Power(1), QueueModel.Power(3), QueueModel.Logarithmic];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Fact]
    public void The_markets_fill_by_every_way() =>
        Enumerable.Range(1, 25).SelectMany(seed => Market(seed) is var (scene, price) ? scene.Run(new OrderScript().At(0, BuyLimit(6, price))).Book!.Fills : []).Select(f => f.How).Distinct()
            .ShouldBe(Enum.GetValues<BookFillKind>(), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nobody_gets_more_than_was_traded_or_offered(int seed)
    {
        var (scene, price) = Market(seed);
        var tape = scene.Tape().Events.ToArray();
        foreach (var model in Models)
        {
            var book = scene.Run(new OrderScript().At(0, BuyLimit(6, price)), model).Book!;
            var sold = tape.Where(e => e.Kind == TapeKind.Sold && e.Time >= BookScene.Decision && e.Price <= Scaled.Amount(price)).Sum(e => e.Size);
            book.Fills.Where(f => f.How is BookFillKind.Queue or BookFillKind.Through).Sum(f => f.Quantity).ShouldBeLessThanOrEqualTo(Scaled.ToDecimal(sold));
            foreach (var fill in book.Fills.Where(f => f.How == BookFillKind.Queue)) tape.ShouldContain(e => e.Kind == TapeKind.Sold && e.Time == fill.Time.Micros && e.Price == Scaled.Amount(price) && Scaled.ToDecimal(e.Size) >= fill.Quantity);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_cautious_model_never_fills_before_another(int seed)
    {
        var (scene, price) = Market(seed);
        var cautious = scene.Run(new OrderScript().At(0, BuyLimit(6, price))).Book!.Fills;
        foreach (var model in Models.Skip(1)) NeverBehind(scene.Run(new OrderScript().At(0, BuyLimit(6, price)), model).Book!.Fills, cautious);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_comes_later_is_never_filled_before(int seed)
    {
        var (scene, price) = Market(seed);
        foreach (var model in Models.Take(2))
        {
            var soon = Late(scene, price, model, 0);
            foreach (var milliseconds in new[] { 1, 700, 5_000 }) NeverBehind(soon, soon = Late(scene, price, model, milliseconds));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Own_orders_at_one_price_are_served_in_their_order(int seed)
    {
        var (scene, price) = Market(seed);
        foreach (var model in Models)
        {
            var fills = scene.Run(new OrderScript().At(0, BuyLimit(2, price)).At(0, BuyLimit(2, price)), model).Book!.Fills;
            var (first, second) = (fills.Where(f => f.Id == 1).ToList(), fills.Where(f => f.Id == 2).ToList());
            NeverBehind(first, second);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Cash_and_coins_are_conserved_and_runs_are_equal(int seed)
    {
        var (scene, price) = Market(seed);
        BacktestResult Run() => scene.Run(new OrderScript().At(0, BuyLimit(6, price)).At(1, Sell(1)).At(2, Buy(0.5m)).At(2, SellLimit(2, price + 1)), QueueModel.Power(3), o => o with { AllowShort = true });
        var result = Run();
        var fills = result.Book!.Fills;
        var held = fills.Sum(f => (int)f.Side * f.Quantity);
        var cash = 100_000 - fills.Sum(f => (int)f.Side * f.Quantity * f.Price);
        // The last bar closes at 100.
        result.Metrics.FinalEquity.ShouldBe(cash + (held * 100));
        BacktestJson.Write(Run()).ShouldBe(BacktestJson.Write(result));
    }

    private static IReadOnlyList<BookFill> Late(BookScene scene, decimal price, QueueModel model, int milliseconds) => scene.Run(
        new OrderScript().At(0, BuyLimit(6, price)), model, o => o with { Execution = o.Execution with { FeedLatency = TimeSpan.FromMilliseconds(milliseconds) } }).Book!.Fills;

    private static void NeverBehind(IReadOnlyList<BookFill> one, IReadOnlyList<BookFill> other)
    {
        foreach (var fill in other) one.Where(f => f.Time <= fill.Time).Sum(f => f.Quantity).ShouldBeGreaterThanOrEqualTo(other.Where(f => f.Time <= fill.Time).Sum(f => f.Quantity));
    }

    // Bids and asks around a price that wanders; trades come before the update that shows them, and now and then the book is lost.
    private static (BookScene Scene, decimal Price) Market(int seed)
    {
        var random = new Random(seed);
        var (bids, asks, mid) = (new SortedDictionary<int, decimal>(), new SortedDictionary<int, decimal>(), 100);
        var scene = new BookScene().At(-20);
        Fill();
        scene.Done();
        var price = mid - 1 - random.Next(2);
        for (var second = -19.0; second < 200; second += 0.1 + random.NextDouble())
        {
            scene.At(second);
            var isBid = random.Next(2) == 0;
            var (side, best) = isBid ? (bids, bids.Keys.Max()) : (asks, asks.Keys.Min());
            switch (random.Next(12))
            {
                case < 4:
                    var size = Math.Min(side[best], Size());
                    _ = isBid ? scene.Sold(best, size) : scene.Bought(best, size);
                    Set(isBid, best, side[best] - size);
                    break;
                case < 7:
                    var level = side.Keys.ElementAt(random.Next(side.Count));
                    Set(isBid, level, Math.Max(0, side[level] - Size()));
                    break;
                case < 10:
                    Set(isBid, best, side[best] + Size());
                    break;
                case 10:
                    mid = Math.Clamp(mid + random.Next(-1, 2), 96, 104);
                    break;
                default:
                    if (random.Next(8) == 0) scene.Lost();
                    continue;
            }

            Fill();
            scene.Done();
        }

        return (scene, price);

        decimal Size() => random.Next(1, 400) / 100m;

        // Whatever lies across the middle is gone; five levels a side are there.
        void Fill()
        {
            foreach (var gone in bids.Keys.Where(k => k >= mid).ToList()) Set(true, gone, 0);
            foreach (var gone in asks.Keys.Where(k => k <= mid).ToList()) Set(false, gone, 0);
            for (var i = 1; i <= 5; i++)
            {
                if (!bids.ContainsKey(mid - i) && (i > 2 || random.Next(3) > 0)) Set(true, mid - i, Size());
                if (!asks.ContainsKey(mid + i) && (i > 2 || random.Next(3) > 0)) Set(false, mid + i, Size());
            }
        }

        void Set(bool isBid, int at, decimal size)
        {
            var side = isBid ? bids : asks;
            if (size == 0) side.Remove(at);
            else side[at] = size;
            _ = isBid ? scene.Bid(at, size) : scene.Ask(at, size);
        }
    }
}
