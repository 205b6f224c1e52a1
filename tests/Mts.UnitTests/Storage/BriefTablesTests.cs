using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Storage.Sqlite;
using SQLitePCL;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

/// <summary>The brief's tables, read with plain SQL as anybody would.</summary>
public sealed class BriefTablesTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteStore store;

    public BriefTablesTests()
    {
        store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System, new WriterOptions { Assets = Assets });
        store.WriteBars(BtcDaily, true, [new Bar(Day(0), 42_283.58, 44_184.1, 42_180.77, 44_179.55, 27_174.29903), Daily(1)], From("binance"));
        store.WriteBars(BtcDaily with { Interval = Interval.Hour }, true, [Daily(0)], From("binance"));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Crypto_ohlcv_has_the_columns_of_the_brief() =>
        Columns("crypto_ohlcv").ShouldBe(["id", "cryptocurrency", "timestamp", "date_str", "open", "high", "low", "close", "volume", "created_at"]);

    [Fact]
    public void Macro_indicators_has_the_columns_of_the_brief() =>
        Columns("macro_indicators").ShouldBe(["id", "indicator", "date", "value", "is_interpolated", "is_forward_filled", "created_at"]);

    [Fact]
    public void Signal_history_has_the_columns_of_the_architecture() => Columns("signal_history").Except(["id", "timestamp"]).ShouldBe(
        ["time", "known_time", "asset", "strategy", "direction", "strength", "confidence", "position_size", "price", "stop", "target", "reason", "run_id"]);

    [Fact]
    public void Crypto_ohlcv_shows_the_daily_series_in_milliseconds_and_UTC_days() =>
        Query("SELECT cryptocurrency, timestamp, date_str, open, high, low, close, volume, created_at FROM crypto_ohlcv WHERE cryptocurrency = 'bitcoin' ORDER BY timestamp LIMIT 1")
            .ShouldBe("bitcoin|1704067200000|2024-01-01|42283.58|44184.1|42180.77|44179.55|27174.29903|2025-02-04T00:00:00Z");

    [Fact]
    public void Ids_are_unique_and_stay_when_more_is_stored()
    {
        var before = Query("SELECT id FROM crypto_ohlcv WHERE date_str = '2024-01-02'");

        store.WriteBars(BtcDaily with { Symbol = new("ETH", "USDT") }, true, [Daily(-1), Daily(1)], From("binance"));
        store.WriteBars(BtcDaily, true, [Daily(-1), Daily(7)], From("binance"));

        Query("SELECT id FROM crypto_ohlcv WHERE date_str = '2024-01-02' AND cryptocurrency = 'bitcoin'").ShouldBe(before);
        Query("SELECT count(*), count(DISTINCT id), count(DISTINCT cryptocurrency || timestamp) FROM crypto_ohlcv").ShouldBe("6|6|6");
    }

    [Fact]
    public void A_series_without_volume_shows_NULL()
    {
        store.WriteBars(new SeriesKey("coingecko", new("ETH", "USD"), Interval.Day), false, [Daily(0, volume: double.NaN)], From("coingecko"));

        Query("SELECT volume IS NULL, close FROM crypto_ohlcv WHERE cryptocurrency = 'ethereum'").ShouldBe("1|100.0");
    }

    [Fact]
    public void Macro_indicators_shows_the_newest_value_of_each_day_and_no_missing_one()
    {
        var day = new DateOnly(2024, 1, 1);
        store.WriteMacro("VIXCLS", [new(day, null, Day(1)), new(day.AddDays(1), 13.2, Day(2)), new(day.AddDays(2), 13.5, Day(3)), new(day.AddDays(3), null, Day(4))], From("fred"));
        store.WriteMacro("VIXCLS", [new(day.AddDays(1), 13.3, Day(2))], From("fred", 402));
        store.WriteMacro("VIXCLS", [new(day.AddDays(3), 13.5, Day(4), IsForwardFilled: true), new(day.AddDays(2), 99, Day(9), IsInterpolated: true)], From("filled"));

        Query("SELECT indicator, date, value, is_interpolated, is_forward_filled FROM macro_indicators WHERE indicator = 'VIXCLS' ORDER BY date")
            .ShouldBe("VIXCLS|2024-01-02|13.3|0|0\nVIXCLS|2024-01-03|13.5|0|0\nVIXCLS|2024-01-04|13.5|0|1");
        Query("SELECT count(DISTINCT id) FROM macro_indicators").ShouldBe("3");
    }

    [Fact]
    public void Bars_shows_every_series_with_its_origin() =>
        Query("SELECT venue, symbol, interval, open_time, timestamp, close, source FROM bars WHERE interval = '1h'")
            .ShouldBe("binance|BTC/USDT|1h|2024-01-01T00:00:00Z|1704067200000|100.0|binance");

    [Fact]
    public void Funding_rates_are_told_in_the_words_of_the_brief()
    {
        store.WriteFunding("binance", Symbol.Parse("BTC/USDT:USDT"), [new(Day(0) + TimeSpan.FromMilliseconds(17), 0.0001, 42_000)], From("binance"));

        Query("SELECT exchange, symbol, timestamp, funding_rate, predicted_rate, funding_time FROM funding_rates")
            .ShouldBe("binance|BTC/USDT:USDT|1704067200017|0.0001||1704067200017");
    }

    [Fact]
    public void Signal_history_speaks_of_LONG_and_SHORT()
    {
        var signal = new Signal { Asset = "bitcoin", Instrument = 0, Direction = Direction.Short, Strategy = "SmaCross", Time = Day(1), Price = 100, Reason = "10 below 50" };
        store.WriteSignals([new(signal, Day(1), "r1")]);

        Query("SELECT time, asset, strategy, direction, position_size, stop, reason, run_id FROM signal_history")
            .ShouldBe("2024-01-02T00:00:00Z|bitcoin|SmaCross|SHORT|1.0||10 below 50|r1");
    }

    [Fact]
    public void A_run_is_spread_over_the_backtest_tables()
    {
        store.WriteRun(new RunRecord("r1", Day(9), "BuyHold", "BTC/USDT", Day(0), Day(1), """
            {"run":{},"metrics":{"total_return":0.25,"sharpe":null},
             "trades":[{"symbol":"BTC/USDT","side":"long","quantity":0.5,"entry_time":"2024-01-01T00:00:00Z","entry_price":100.5,
                        "exit_time":"2024-01-02T00:00:00Z","exit_price":110,"pnl":4.5,"fees":0.25,"reason":"10 below 50"}],
             "open_positions":[],"equity":[["2024-01-01T00:00:00Z",100000],["2024-01-02T00:00:00Z",100004.5]],"warnings":[]}
            """));

        Query("SELECT run_id, strategy, start FROM backtest_runs").ShouldBe("r1|BuyHold|2024-01-01T00:00:00Z");
        Query("SELECT metric, value FROM performance_metrics ORDER BY metric").ShouldBe("sharpe|\ntotal_return|0.25");
        Query("SELECT symbol, side, quantity, exit_price, pnl FROM trade_executions").ShouldBe("BTC/USDT|long|0.5|110.0|4.5");
        Query("SELECT time, equity FROM portfolio_snapshots ORDER BY number").ShouldBe("2024-01-01T00:00:00Z|100000.0\n2024-01-02T00:00:00Z|100004.5");
    }

    [Fact]
    public void The_primary_series_is_that_of_the_first_venue_unless_the_asset_names_another()
    {
        var bybit = BtcDaily with { Venue = "bybit" };
        store.WriteBars(bybit, true, [Daily(0, 200)], From("bybit"));
        store.ListPrimary().ShouldBe([new PrimarySeries("bitcoin", BtcDaily)]);

        store.Dispose();
        using var again = SqliteStore.OpenWriter(folder.Path, TimeProvider.System, new WriterOptions { Assets = new([Bitcoin with { PrimaryVenue = "bybit" }]) });

        again.ListPrimary().ShouldBe([new PrimarySeries("bitcoin", bybit)]);
    }

    [Theory]
    [InlineData("binance", "BTC/USDT:USDT", "1d")]
    [InlineData("binance", "ETH/BTC", "1d")]
    [InlineData("binance", "ETH/USDT", "4h")]
    public void Perpetuals_crosses_and_other_intervals_are_no_primary_series(string venue, string symbol, string interval)
    {
        store.WriteBars(new SeriesKey(venue, Symbol.Parse(symbol), Interval.Parse(interval)), true, [Daily(0)], From(venue));

        store.ListPrimary().ShouldBe([new PrimarySeries("bitcoin", BtcDaily)]);
    }

    private string[] Columns(string table) => Query($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").Split('\n');

    private string Query(string sql)
    {
        using var database = Database.Open(folder.File(StoreFile.Name), raw.SQLITE_OPEN_READONLY);
        return string.Join('\n', database.Read(sql, row => string.Join('|', Enumerable.Range(0, row.Columns).Select(i => row.TextOrNull(i)))));
    }
}
