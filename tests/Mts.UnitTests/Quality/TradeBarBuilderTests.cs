using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.UnitTests.Quality;

public sealed class TradeBarBuilderTests
{
    [Fact]
    public void A_tick_bar_ends_with_the_trade_that_fills_it()
    {
        var bars = Of(TradeBarKind.Tick, 2, (1, 10m, 1m), (2, 12m, 3m), (5, 11m, 1m), (6, 9m, 2m), (9, 9m, 1m));
        bars.Count.ShouldBe(2);
        bars[0].ShouldBe(new TradeBar(new Bar(At(1), 10, 12, 10, 12, 4), At(2), 2, 46));
        bars[1].ShouldBe(new TradeBar(new Bar(At(5), 11, 11, 9, 9, 3), At(6), 2, 29));
    }

    [Fact]
    public void A_volume_bar_and_a_value_bar_end_at_the_first_trade_that_reaches_the_size()
    {
        // Base amounts 1, 3 | 5 | … reach 4; values 10, 36, 45 reach 50 with the third.
        (int, decimal, decimal)[] trades = [(1, 10m, 1m), (2, 12m, 3m), (3, 9m, 5m), (4, 9m, 1m)];
        Of(TradeBarKind.Volume, 4, trades).Select(b => b.Bar.Volume).ShouldBe([4, 5]);
        var value = Of(TradeBarKind.Value, 50, trades).ShouldHaveSingleItem();
        value.QuoteVolume.ShouldBe(91);
        value.CloseTime.ShouldBe(At(3));
    }

    [Fact]
    public void A_bar_takes_in_the_whole_instant_in_which_it_becomes_full()
    {
        var bars = Of(TradeBarKind.Tick, 2, (1, 10m, 1m), (2, 11m, 1m), (2, 12m, 1m), (2, 13m, 1m), (3, 9m, 1m));
        bars.ShouldHaveSingleItem().ShouldBe(new TradeBar(new Bar(At(1), 10, 13, 10, 13, 4), At(2), 4, 46));
    }

    [Fact]
    public void What_is_under_way_is_no_bar()
    {
        // The second trade fills the bar, and nothing shows yet that its instant is over.
        Of(TradeBarKind.Tick, 2, (1, 10m, 1m), (2, 11m, 1m)).ShouldBeEmpty();
    }

    [Fact]
    public void Renko_goes_on_after_one_brick_and_turns_after_two()
    {
        // Bricks of 10 from 100: 110 up, 119 is no second one, 131 two more; 120 is one below the last brick's top, 110 a brick below its bottom.
        var bars = Of(TradeBarKind.Renko, 10, (1, 100m, 1m), (2, 110m, 1m), (3, 119m, 1m), (4, 131m, 1m), (5, 120m, 1m), (6, 110m, 1m), (7, 99m, 1m), (8, 99m, 1m));
        bars.Select(b => (b.Bricks, b.Level, b.CloseTime)).ShouldBe([(1, 110m, At(2)), (2, 130m, At(4)), (-1, 110m, At(6)), (-1, 100m, At(7))]);
        bars.Select(b => (b.Bar.Open, b.Bar.Close)).ShouldBe([(100, 110), (119, 131), (120, 110), (99, 99)]);
    }

    [Fact]
    public void Every_kind_equals_a_second_reckoning_and_loses_no_trade()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var trades = Random(random, 3_000);
            foreach (var kind in Enum.GetValues<TradeBarKind>())
            {
                var size = kind switch { TradeBarKind.Tick => random.Next(1, 60), TradeBarKind.Volume => random.Next(1, 80), TradeBarKind.Value => random.Next(100, 9_000), _ => 0.25m * random.Next(1, 12) };
                var builder = new TradeBarBuilder(kind, size);
                var bars = new List<TradeBar>();
                foreach (var trade in trades)
                {
                    if (builder.TryAdd(trade, out var bar)) bars.Add(bar);
                }

                bars.ShouldBe(ByInstants(trades, kind, size), $"seed {seed} {kind} {size}");
                bars.Count.ShouldBeGreaterThan(5);
                (bars.Sum(b => b.Trades) + builder.Waiting).ShouldBe(trades.Count);
                for (var i = 1; i < bars.Count; i++) bars[i].Bar.OpenTime.ShouldBeGreaterThan(bars[i - 1].CloseTime);
            }
        }
    }

    [Fact]
    public void More_trades_change_no_earlier_bar()
    {
        var trades = Random(new Random(4), 2_000);
        foreach (var kind in Enum.GetValues<TradeBarKind>())
        {
            var all = Of(kind, 7, trades);
            for (var n = 100; n < trades.Count; n += 190)
            {
                var some = Of(kind, 7, [.. trades.Take(n)]);
                some.ShouldBe(all.Take(some.Count));
            }
        }
    }

    [Theory]
    [InlineData(TradeBarKind.Tick, 0)]
    [InlineData(TradeBarKind.Tick, 2.5)]
    [InlineData(TradeBarKind.Renko, -1)]
    public void A_size_that_makes_no_bars_is_refused(TradeBarKind kind, double size) =>
        Should.Throw<ConfigurationException>(() => new TradeBarBuilder(kind, (decimal)size)).Message.ShouldContain(kind.ToString().ToLowerInvariant());

    // Instant by instant, with lists and whole bricks one at a time.
    private static List<TradeBar> ByInstants(List<PublicTrade> trades, TradeBarKind kind, decimal size)
    {
        var (bars, open) = (new List<TradeBar>(), new List<PublicTrade>());
        decimal? top = null;
        var (bottom, level, moved) = (0m, 0m, 0);
        var instants = trades.GroupBy(t => t.Time).ToList();
        for (var i = 0; i < instants.Count; i++)
        {
            var hasMoved = false;
            foreach (var trade in instants[i])
            {
                open.Add(trade);
                if (top is null) (top, bottom, level) = (trade.Price, trade.Price, trade.Price);
                while (trade.Price >= top + size) (bottom, top, level, moved, hasMoved) = (top.Value, top + size, top.Value + size, moved + 1, true);
                while (trade.Price <= bottom - size) (top, bottom, level, moved, hasMoved) = (bottom, bottom - size, bottom - size, moved - 1, true);
            }

            var isFull = kind switch
            {
                TradeBarKind.Tick => open.Count >= size, TradeBarKind.Volume => open.Sum(t => t.Quantity) >= size,
                TradeBarKind.Value => open.Sum(t => t.Price * t.Quantity) >= size, _ => hasMoved,
            };
            if (!isFull || i == instants.Count - 1) continue;
            var bar = new Bar(open[0].Time, (double)open[0].Price, (double)open.Max(t => t.Price), (double)open.Min(t => t.Price), (double)open[^1].Price, (double)open.Sum(t => t.Quantity));
            bars.Add(new TradeBar(bar, open[^1].Time, open.Count, open.Sum(t => t.Price * t.Quantity), kind == TradeBarKind.Renko ? moved : null, kind == TradeBarKind.Renko ? level : null));
            (open, moved) = ([], 0);
        }

        return bars;
    }

    private static List<PublicTrade> Random(Random random, int count)
    {
        var (trades, time, price) = (new List<PublicTrade>(), 0, 100m);
        for (var i = 0; i < count; i++)
        {
            time += random.Next(3) == 0 ? 0 : random.Next(1, 50);
            price = Math.Max(1, price + (0.05m * random.Next(-9, 10)) + (random.Next(200) == 0 ? random.Next(-6, 7) : 0));
            trades.Add(new PublicTrade(At(time), price, 0.01m * random.Next(1, 300)));
        }

        return trades;
    }

    private static List<TradeBar> Of(TradeBarKind kind, decimal size, params (int Time, decimal Price, decimal Quantity)[] trades) =>
        Of(kind, size, [.. trades.Select(t => new PublicTrade(At(t.Time), t.Price, t.Quantity))]);

    private static List<TradeBar> Of(TradeBarKind kind, decimal size, List<PublicTrade> trades)
    {
        var (builder, bars) = (new TradeBarBuilder(kind, size), new List<TradeBar>());
        foreach (var trade in trades)
        {
            if (builder.TryAdd(trade, out var bar)) bars.Add(bar);
        }

        return bars;
    }

    private static Timestamp At(int milliseconds) => Timestamp.FromUnixMilliseconds(1_700_000_000_000 + milliseconds);
}
