using Mts.Cli.Live;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Execution.Queues;

namespace Mts.UnitTests.Engine.Queues;

/// <summary>Orders in what Binance and Bybit really sent, against a second reading of the same lines.</summary>
public sealed class RecordedQueueTests
{
    private const string Night = "binance/hft_spot_btcusdt_20240808.gz";
    private const string Morning = "binance/hft_spot_btcusdt_20240809.gz";
    private const string Perpetual = "binance/hft_usdm_btcusdt_20240718.gz";
    private const string PerpetualNext = "binance/hft_usdm_btcusdt_20240719.gz";
    private const string Session = "bybit/cf_v5_session_20260809_btc_sol.jsonl.zst";

    [Fact]
    public void Spot_orders_of_Binance_fill_as_the_lines_say() =>
        Compare(RawBook.Binance(Night, Morning), Recorded("binance", "spot", "BTC/USDT", Night, Morning), every: 90, quantity: 0.5m).ShouldBeGreaterThan(10);

    [Fact]
    public void Perpetual_orders_of_Binance_fill_as_the_lines_say() =>
        Compare(RawBook.Binance(Perpetual, PerpetualNext), Recorded("binance", "perp", "BTC/USDT:USDT", Perpetual, PerpetualNext), every: 110, quantity: 3).ShouldBeGreaterThan(4);

    [Fact]
    public void Perpetual_orders_of_Bybit_fill_as_the_lines_say() =>
        Compare(RawBook.Bybit(Session, "BTCUSDT", "BYBIT.ws.2"), Recorded("bybit", "perp", "BTC/USDT:USDT", Session), every: 1, quantity: 0.002m).ShouldBeGreaterThan(2);

    [Fact]
    public void Whatever_the_model_the_cautious_one_fills_last()
    {
        var market = Recorded("binance", "spot", "BTC/USDT", Night, Morning);
        var places = Instants(market, 160).Select(at => (at, true, 0m)).ToList();
        foreach (var order in RawBook.Binance(Night, Morning).Follow(places, 0.5m))
        {
            var cautious = Run(market, order, 0.5m, QueueModel.RiskAverse).Fills;
            foreach (var model in new[] { QueueModel.Power(1), QueueModel.Power(3), QueueModel.Logarithmic })
            {
                var bold = Run(market, order, 0.5m, model).Fills;
                foreach (var fill in cautious) FilledBy(bold, fill.Time).ShouldBeGreaterThanOrEqualTo(FilledBy(cautious, fill.Time), model.Name);
            }
        }
    }

    // Bids and asks at the best price and a little behind it, one order at a time.
    private static int Compare(RawBook raw, InstrumentData market, int every, decimal quantity)
    {
        var (filled, end) = (0, market.Series.CloseTime(market.Series.Length - 1).Micros);
        var places = Instants(market, every).SelectMany(at => new[] { (at, true, 0m), (at, false, 0m), (at, true, 2m), (at, false, 2m) }).ToList();
        foreach (var order in raw.Follow(places, quantity))
        {
            var book = Run(market, order, quantity, QueueModel.RiskAverse);
            book.Queued.ShouldHaveSingleItem().AheadAtEntry.ShouldBe(order.Shown);
            book.Fills.Select(f => (f.Time.Micros, f.Quantity)).ShouldBe(order.Fills.Where(f => f.Micros < end), $"{order.At} {order.IsBuy} {order.Price}");
            filled += book.Fills.Count > 0 ? 1 : 0;
        }

        return filled;
    }

    private static IEnumerable<long> Instants(InstrumentData market, int every)
    {
        for (var i = 3; i < market.Series.Length - 3; i += every) yield return market.Series.CloseTime(i).Micros;
    }

    private static decimal FilledBy(IReadOnlyList<BookFill> fills, Timestamp time) => fills.Where(f => f.Time <= time).Sum(f => f.Quantity);

    private static BookSummary Run(InstrumentData market, RawOrder order, decimal quantity, QueueModel model)
    {
        var script = new OneOrder(order.At, new OrderRequest { Instrument = 0, Side = order.IsBuy ? Side.Buy : Side.Sell, Type = OrderType.Limit, LimitPrice = order.Price, Quantity = quantity });
        var options = BookScene.Options(model, o => o with { AllowShort = true, AllowGaps = true, Capital = 10_000_000 });
        return Runs.Run(script, options, new BacktestInputs { Instruments = [market], Start = new Timestamp(market.Series.OpenTimes[0]), End = new Timestamp(market.Series.CloseTime(market.Series.Length - 1).Micros) }).Book!;
    }

    private static InstrumentData Recorded(string venue, string kind, string symbol, params string[] files)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        var markets = new RecordedMarkets(Interval.Parse("1s"), m => m.SymbolText == symbol);
        new RecordedFrames([.. files.Select(f => Path.Combine(folder!, f))], venue, kind, markets).Run(TestContext.Current.CancellationToken);
        var market = markets.Wanted.ShouldHaveSingleItem();
        return new InstrumentData("btc", market.Bars()) { Tape = market.Tape() };
    }

    private sealed class OneOrder(long at, OrderRequest order) : IStrategy
    {
        public string Name => "OneOrder";

        public StrategyNeeds Needs { get; } = new();

        public void OnStart(IStrategyContext context)
        {
        }

        public void OnSlice(in MarketSlice slice, IStrategyContext context)
        {
            if (slice.Time.Micros == at) context.Submit(order);
        }
    }
}
