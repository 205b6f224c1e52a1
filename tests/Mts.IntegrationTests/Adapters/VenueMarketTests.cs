namespace Mts.IntegrationTests.Adapters;

/// <summary>Everything else that the venues' REST hosts tell, against the simulator.</summary>
public sealed class VenueMarketTests
{
    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_the_venues_time()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        foreach (var probe in new IServiceProbe[] { venues.Binance.Spot, venues.Binance.Usdm, venues.Bybit.Market })
            (await probe.ProbeAsync(Cancellation)).ShouldBe(SimulatedVenues.Now);
    }

    [Fact]
    public async Task Lists_spot_pairs_and_perpetuals_with_their_order_rules()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        foreach (var directory in new[] { venues.Binance.Instruments, venues.Bybit.Instruments })
        {
            var instruments = await directory.ListInstrumentsAsync(Cancellation);
            instruments.ShouldAllBe(i => i.Venue == directory.Venue && i.Tick > 0 && i.Lot > 0 && i.MinNotional > 0 && i.Symbol.IsPerpetual == (i.FundingInterval != null));
            instruments.Select(i => i.Symbol).ShouldBeUnique();
            instruments.ShouldContain(i => i.Symbol == Bitcoin);
            instruments.ShouldContain(i => i.Symbol == Perpetual);
        }
    }

    [Fact]
    public async Task Shows_books_that_are_sorted_and_not_crossed()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        DepthSnapshot[] books =
        [
            await venues.Binance.Spot.GetDepthAsync(Bitcoin, 100, Cancellation), await venues.Binance.Usdm.GetDepthAsync(Perpetual, 100, Cancellation),
            await venues.Bybit.Market.GetDepthAsync(Bitcoin, 100, Cancellation), await venues.Bybit.Market.GetDepthAsync(Perpetual, 100, Cancellation),
        ];
        foreach (var book in books)
        {
            book.Bids.Count.ShouldBe(100);
            book.Bids.Select(l => l.Price).ShouldBeInOrder(SortDirection.Descending);
            book.Asks.Select(l => l.Price).ShouldBeInOrder(SortDirection.Ascending);
            book.Bids[0].Price.ShouldBeLessThan(book.Asks[0].Price);
            book.Bids.Concat(book.Asks).ShouldAllBe(l => l.Size > 0);
        }

        books.Select(b => b.Time is null).ShouldBe([true, false, false, false]);
    }

    [Fact]
    public async Task Tells_mark_prices_near_the_index_and_the_next_funding()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        MarkPrice?[] marks = [await venues.Binance.Usdm.GetMarkPriceAsync(Perpetual, Cancellation), (await venues.Bybit.Market.GetTickerAsync(Perpetual, Cancellation)).Mark];
        foreach (var mark in marks)
        {
            (mark!.Mark / mark.Index!.Value).ShouldBeInRange(0.95m, 1.05m);
            mark.NextFunding!.Value.ShouldBeGreaterThan(SimulatedVenues.Now);
            mark.PredictedRate.ShouldNotBeNull();
        }

        var (ticker, none) = await venues.Bybit.Market.GetTickerAsync(Bitcoin, Cancellation);
        none.ShouldBeNull();
        ticker.Bid!.Value.Price.ShouldBeLessThan(ticker.Ask!.Value.Price);
    }

    [Fact]
    public async Task Gives_trades_that_follow_one_another()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        foreach (var (market, symbol) in new[] { (venues.Binance.Spot, Bitcoin), (venues.Binance.Usdm, Perpetual) })
        {
            var newest = await market.GetTradesAsync(symbol, null, Cancellation);
            newest.Count.ShouldBe(1_000);
            var again = await market.GetTradesAsync(symbol, newest[500].Id, Cancellation);
            again.Take(500).ShouldBe(newest.Skip(500));
        }
    }
}
