using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;
using SQLitePCL;
using static Mts.UnitTests.Storage.Realtime.RealtimeSamples;

namespace Mts.UnitTests.Storage.Realtime;

public sealed class RealtimeStoreTests : IDisposable
{
    private static readonly RealtimeRange All = new();
    private static readonly SeriesKey Minutes = Minute(0).Key;

    private readonly TempFolder folder = new();
    private readonly SqliteStore store;

    public RealtimeStoreTests() => store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Order_book_shows_the_columns_of_the_brief_level_by_level()
    {
        store.WriteRealtime(new RealtimeBatch { Books = [Book(0.25)] });

        Query("SELECT exchange, symbol, timestamp, side, level, price, quantity FROM order_book ORDER BY side, level").ShouldBe(
            """
            binance|BTC/USDT|1704164645250|ask|0|43010.0|0.5
            binance|BTC/USDT|1704164645250|ask|1|43010.1|0.001
            binance|BTC/USDT|1704164645250|bid|0|43000.0|1.5
            binance|BTC/USDT|1704164645250|bid|1|42999.5|2.0
            """);
        Query("SELECT DISTINCT time FROM order_book").ShouldBe("2024-01-02T03:04:05.250Z");
    }

    [Fact]
    public void Bid_ask_spreads_shows_the_figures_of_the_brief()
    {
        store.WriteRealtime(new RealtimeBatch { Spreads = [Spread(0)] });

        // 10 / 43005 × 100, worked out by hand.
        Query("SELECT exchange, symbol, timestamp, bid_price, ask_price, spread_absolute, printf('%.6f', spread_percentage), mid_price FROM bid_ask_spreads")
            .ShouldBe("binance|BTC/USDT|1704164645000|43000.0|43010.0|10.0|0.023253|43005.0");
    }

    [Fact]
    public void Funding_rates_tells_quotes_from_payments()
    {
        store.WriteFunding("bybit", BtcPerpetual, [new FundingRate(Timestamp.Parse("2024-01-02T00:00:00Z"), 0.0002, null)], StoreSamples.From("bybit"));
        store.WriteRealtime(new RealtimeBatch { Funding = [Funding(0)] });

        Query("SELECT exchange, symbol, timestamp, funding_rate, predicted_rate, funding_time, is_settled FROM funding_rates ORDER BY timestamp").ShouldBe(
            """
            bybit|BTC/USDT:USDT|1704153600000|0.0002||1704153600000|1
            bybit|BTC/USDT:USDT|1704164645000|0.0001|0.0001|1704182400000|0
            """);
    }

    [Fact]
    public void What_is_written_reads_back_equal()
    {
        var opportunity = new OpportunityRow(At(1), At(3), null, null, Cross(2), 9.7);
        store.WriteRealtime(new RealtimeBatch
        {
            Books = [Book(1)], Spreads = [Spread(1)], Funding = [Funding(1)], Gaps = [Gap(1)], DeadLetters = [Letter(1), Letter(2, "", Btc)],
            CrossSpreads = [Cross(1), Cross(2, null) with { Size = null }], Opportunities = [opportunity],
        });

        var book = store.ReadBooks(All).ShouldHaveSingleItem();
        (book with { Bids = [], Asks = [] }).ShouldBe(Book(1) with { Bids = [], Asks = [] });
        book.Bids.ShouldBe(Book(1).Bids);
        book.Asks.ShouldBe(Book(1).Asks);
        store.ReadSpreads(All).ShouldBe([Spread(1)]);
        store.ReadFundingQuotes(All).ShouldBe([Funding(1)]);
        store.ReadGaps(All).ShouldBe([Gap(1)]);
        store.ReadCrossSpreads(All).ShouldBe([Cross(1), Cross(2, null) with { Size = null }]);
        store.ReadOpportunities(All).ShouldBe([opportunity]);
        var letters = store.ReadDeadLetters(All);
        (letters[0] with { Bytes = [] }).ShouldBe(Letter(1) with { Bytes = [] });
        letters.Select(l => l.Bytes).ShouldBe([Letter(1).Bytes, []]);
        letters[1].Symbol.ShouldBe(Btc);
    }

    [Fact]
    public void A_batch_written_again_changes_nothing()
    {
        var batch = new RealtimeBatch
        {
            Books = [Book(1), Book(2, 8)], Spreads = [Spread(1)], Funding = [Funding(1)], Bars = [Minute(0)], Gaps = [Gap(1)], DeadLetters = [Letter(1)], CrossSpreads = [Cross(1)],
        };
        store.WriteRealtime(batch);
        var before = store.ListRealtime();

        store.WriteRealtime(batch);

        store.ListRealtime().ShouldBe(before);
        store.ReadBooks(All).ShouldAllBe(b => b.Bids.Length == 2 && b.Asks.Length == 2);
    }

    [Fact]
    public void A_gap_is_one_row_from_its_beginning_to_its_end()
    {
        var open = Gap(1) with { LastId = null, NextId = null };
        store.WriteRealtime(new RealtimeBatch { Gaps = [open, Gap(1, Channel.Trade)] });
        store.WriteRealtime(new RealtimeBatch { Gaps = [open with { NextId = 20, End = At(1.5), Repair = "snapshot" }] });
        store.WriteRealtime(new RealtimeBatch { Gaps = [open] });

        Query("SELECT channel, last_id, next_id, ended, repair FROM gaps ORDER BY channel").ShouldBe("depth||20|1704164646500|snapshot\ntrade|10|14||");
    }

    [Fact]
    public void A_gap_that_a_killed_session_left_open_is_ended_by_the_next_one()
    {
        store.WriteRealtime(new RealtimeBatch { Gaps = [Gap(1), Gap(2, Channel.Trade) with { End = At(3), Repair = "backfill" }] });
        store.EndGaps(At(60));
        store.ReadGaps(All).ShouldBe([Gap(1) with { End = At(60), Repair = "none" }, Gap(2, Channel.Trade) with { End = At(3), Repair = "backfill" }]);
    }

    [Fact]
    public void An_account_is_the_newest_of_its_stream_and_session()
    {
        store.WriteRealtime(new RealtimeBatch { Accounts = [Account("a", 1, Btc), Account("a", 5), Account("b", 3, Btc)] });
        store.WriteRealtime(new RealtimeBatch { Accounts = [Account("a", 9, Btc)] });

        store.ReadAccounts("a").Select(a => (a.Symbol, a.Received, a[FrameOutcome.Applied])).ShouldBe([(null, 5, 5), (Btc, 9, 9)]);
        store.ReadAccounts(null).Count.ShouldBe(3);
    }

    [Fact]
    public void An_opportunity_is_brought_up_to_date_until_it_ends()
    {
        store.WriteRealtime(new RealtimeBatch { Opportunities = [new OpportunityRow(At(1), At(1), null, null, Cross(1), 3)] });
        store.WriteRealtime(new RealtimeBatch { Opportunities = [new OpportunityRow(At(1), At(4), At(5), "costs", Cross(3, 6), 4)] });

        var one = store.ReadOpportunities(new RealtimeRange("bybit")).ShouldHaveSingleItem();
        (one.LastSeen, one.Ended, one.EndReason, one.Best.NetBps).ShouldBe((At(4), At(5), "costs", 6));
    }

    [Fact]
    public void A_range_chooses_venue_market_and_time()
    {
        store.WriteRealtime(new RealtimeBatch { Books = [Book(1), Book(2), Book(3), Book(2, 7, "bybit"), Book(2, 7, "binance", BtcPerpetual)] });

        store.ReadBooks(new RealtimeRange("binance", Btc, At(2), At(3))).ShouldHaveSingleItem().Time.ShouldBe(At(2));
        store.ReadBooks(new RealtimeRange(Symbol: BtcPerpetual)).Count.ShouldBe(1);
        store.ReadBooks(new RealtimeRange("kraken")).ShouldBeEmpty();
    }

    [Fact]
    public void A_batch_that_fails_leaves_nothing()
    {
        var broken = Funding(1) with { Mark = double.NaN };

        Should.Throw<StorageException>(() => store.WriteRealtime(new RealtimeBatch { Books = [Book(1)], Funding = [broken] }));
        store.ListRealtime().ShouldBeEmpty();

        store.WriteRealtime(new RealtimeBatch { Books = [Book(1)] });
        store.ReadBooks(All).ShouldHaveSingleItem().Venue.ShouldBe("binance");
    }

    [Fact]
    public void Closed_bars_of_a_day_are_one_segment_that_verifies()
    {
        for (var minute = 0; minute < 5; minute++) store.WriteRealtime(new RealtimeBatch { Bars = [Minute(minute)] });
        store.WriteRealtime(new RealtimeBatch { Bars = [Minute(24 * 60)] });

        var segments = store.ListSegments(Minutes);
        segments.Select(s => (s.Rows, s.Provenance.Source)).ShouldBe([(5, "stream"), (1, "stream")]);
        segments[0].Provenance.FetchedAt.ShouldBe(At(4 * 60));
        store.VerifyBars(Minutes).ShouldBeEmpty();
        store.ListSeries().ShouldHaveSingleItem().Sources.ShouldBe(["stream"]);
    }

    [Fact]
    public void Bars_of_the_stream_and_of_a_request_are_the_same_bars()
    {
        store.WriteRealtime(new RealtimeBatch { Bars = [Minute(0), Minute(1)] });
        store.WriteBars(Minutes, true, [Minute(0).Bar, Minute(1).Bar, Minute(2).Bar], StoreSamples.From("binance")).ShouldBe(new WriteCounts(1, 2, 0));
        store.WriteRealtime(new RealtimeBatch { Bars = [Minute(1), Minute(2, 101), Minute(3)] });

        store.ReadBars(Minutes, Timestamp.MinValue, Timestamp.MaxValue).Closes.ToArray().ShouldBe([100, 100, 100, 100]);
        var revision = store.ListRevisions(Minutes).ShouldHaveSingleItem();
        (revision.Bar.Close, revision.Reason, revision.Source).ShouldBe((101, "conflict", "stream"));
        store.VerifyBars(Minutes).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_that_differs_revises_the_bar_of_the_stream()
    {
        store.WriteRealtime(new RealtimeBatch { Bars = [Minute(0), Minute(1), Minute(2)] });
        store.WriteBars(Minutes, true, [Minute(1, 101).Bar], StoreSamples.From("binance"));
        store.WriteRealtime(new RealtimeBatch { Bars = [Minute(1), Minute(3)] });

        store.ReadBars(Minutes, Timestamp.MinValue, Timestamp.MaxValue).Closes.ToArray().ShouldBe([100, 101, 100, 100]);
        store.VerifyBars(Minutes).ShouldBeEmpty();
    }

    [Fact]
    public void A_bar_for_a_series_without_volume_is_refused_and_noted_once()
    {
        store.WriteBars(Minutes, false, [Minute(0).Bar with { Volume = double.NaN }], StoreSamples.From("coingecko"));

        for (var i = 0; i < 2; i++) store.WriteRealtime(new RealtimeBatch { Bars = [Minute(1)], Gaps = [Gap(1)] });

        store.ReadGaps(All).Count.ShouldBe(1);
        store.ListLedger(Minutes).ShouldHaveSingleItem().Detail.ShouldContain("without volume");
    }

    [Fact]
    public void Trimming_takes_the_old_and_leaves_what_is_open()
    {
        store.WriteRealtime(new RealtimeBatch
        {
            Books = [Book(1), Book(2, 8), Book(3, 9)], Gaps = [Gap(1), Gap(2, Channel.Trade) with { End = At(2.5), Repair = "none" }], Bars = [Minute(0)],
        });

        store.TrimRealtime(RealtimeKind.Books, new RetentionRule(Age: TimeSpan.FromSeconds(8)), At(10), 100).ShouldBe(1);
        store.TrimRealtime(RealtimeKind.Books, new RetentionRule(Age: TimeSpan.FromSeconds(8)), At(10), 100).ShouldBe(0);
        store.TrimRealtime(RealtimeKind.Books, new RetentionRule(Rows: 1), At(10), 100).ShouldBe(1);
        store.TrimRealtime(RealtimeKind.Gaps, new RetentionRule(Age: TimeSpan.Zero), At(10), 100).ShouldBe(1);

        store.ReadBooks(All).ShouldHaveSingleItem().UpdateId.ShouldBe(9);
        store.ReadGaps(All).ShouldHaveSingleItem().End.ShouldBeNull();
        Query("SELECT count(*) FROM book_level").ShouldBe("4");
        store.ReadBars(Minutes, Timestamp.MinValue, Timestamp.MaxValue).Length.ShouldBe(1);
    }

    [Fact]
    public void Trimming_goes_step_by_step_from_the_oldest()
    {
        store.WriteRealtime(new RealtimeBatch { Spreads = [.. Enumerable.Range(0, 5).Select(i => Spread(5 - i))] });

        store.TrimRealtime(RealtimeKind.Spreads, new RetentionRule(Age: TimeSpan.Zero), At(100), 2).ShouldBe(2);

        store.ReadSpreads(All).Select(s => s.Time).ShouldBe([At(3), At(4), At(5)]);
    }

    [Fact]
    public void A_store_of_the_first_schema_is_brought_up_to_date_and_keeps_what_it_has()
    {
        using var old = new TempFolder();
        var path = old.File(StoreFile.Name);
        StoreFile.Create(path, new Migrations([Migrations.Embedded.Steps[0]]), TimeProvider.System);
        using (var database = Database.Open(path, raw.SQLITE_OPEN_READWRITE))
        {
            database.Execute(
                "INSERT INTO provenance VALUES (1, 'bybit', 0, '', ''); INSERT INTO funding_series VALUES (1, 'bybit', 'BTC/USDT:USDT'); " +
                "INSERT INTO funding VALUES (1, 1704153600000000, 0.0002, NULL, 1)");
        }

        Should.Throw<StorageException>(() => SqliteStore.OpenReader(old.Path)).Message.ShouldContain("older schema");
        using var upgraded = SqliteStore.OpenWriter(old.Path, TimeProvider.System);
        upgraded.WriteRealtime(new RealtimeBatch { Funding = [Funding(0)] });

        using var shown = Database.Open(path, raw.SQLITE_OPEN_READONLY);
        shown.Read("SELECT funding_rate, is_settled FROM funding_rates ORDER BY timestamp", r => (r.Real(0), r.Flag(1))).ShouldBe([(0.0002, true), (0.0001, false)]);
    }

    [Fact]
    public void Listing_tells_rows_and_range_of_each_market()
    {
        store.WriteRealtime(new RealtimeBatch { Books = [Book(1), Book(2, 8)], DeadLetters = [Letter(3)] });

        store.ListRealtime().ShouldBe([
            new RealtimeInfo(RealtimeKind.Books, "binance", "BTC/USDT", 2, At(1), At(2)),
            new RealtimeInfo(RealtimeKind.DeadLetters, "binance", "", 1, At(3), At(3)),
        ]);
    }

    private string Query(string sql)
    {
        using var database = Database.Open(folder.File(StoreFile.Name), raw.SQLITE_OPEN_READONLY);
        return string.Join('\n', database.Read(sql, row => string.Join('|', Enumerable.Range(0, row.Columns).Select(row.TextOrNull))));
    }
}
