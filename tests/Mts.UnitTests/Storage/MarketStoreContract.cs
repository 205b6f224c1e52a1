using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

/// <summary>What every store of market data must do.</summary>
public abstract class MarketStoreContract
{
    private static readonly Timestamp Begin = Timestamp.MinValue;
    private static readonly Timestamp End = Timestamp.MaxValue;
    private static readonly Symbol Perpetual = Symbol.Parse("BTC/USDT:USDT");

    /// <summary>An empty store, open for writing.</summary>
    protected abstract IMarketStore Store { get; }

    [Fact]
    public void Bars_come_back_equal_and_in_time_order()
    {
        Bar[] bars = [Daily(0, 42_283.58, 0.1), Daily(1, 1e-8, 123456789.12345678), Daily(3, 0.30000000000000004, 0)];

        Store.WriteBars(BtcDaily, true, bars, From("binance")).ShouldBe(new WriteCounts(3, 0, 0));

        var series = Store.ReadBars(BtcDaily, Begin, End);
        series.Key.ShouldBe(BtcDaily);
        series.HasVolume.ShouldBeTrue();
        Enumerable.Range(0, series.Length).Select(i => series[i]).ShouldBe(bars);
    }

    [Fact]
    public void A_range_includes_its_start_and_excludes_its_end()
    {
        Store.WriteBars(BtcDaily, true, [Daily(0), Daily(1), Daily(2)], From("binance"));

        Store.ReadBars(BtcDaily, Day(1), Day(2)).OpenTimes.ToArray().ShouldBe([Day(1).Micros]);
        Store.ReadBars(BtcDaily, Day(7), Day(9)).Length.ShouldBe(0);
        Store.ReadBars(BtcDaily with { Venue = "bybit" }, Begin, End).Length.ShouldBe(0);
    }

    [Fact]
    public void Writing_the_same_again_changes_nothing()
    {
        Bar[] bars = [Daily(0), Daily(1)];
        Store.WriteBars(BtcDaily, true, bars, From("binance"));
        var before = Store.ListSegments(BtcDaily);

        Store.WriteBars(BtcDaily, true, bars, From("binance", 401)).ShouldBe(new WriteCounts(0, 2, 0));

        Store.ListSegments(BtcDaily).ShouldBe(before);
        Store.ListRevisions(BtcDaily).ShouldBeEmpty();
        Store.ListSeries().Single().UpdatedAt.ShouldBe(Day(401));
    }

    [Fact]
    public void A_revised_bar_replaces_the_old_one_which_is_kept_with_its_source()
    {
        Store.WriteBars(BtcDaily, true, [Daily(0), Daily(1, 100), Daily(2)], From("old"));

        Store.WriteBars(BtcDaily, true, [Daily(1, 101), Daily(2), Daily(3)], From("new", 500)).ShouldBe(new WriteCounts(1, 1, 1));

        Store.ReadBars(BtcDaily, Day(1), Day(2))[0].ShouldBe(Daily(1, 101));
        Store.ListRevisions(BtcDaily).ShouldBe([new BarRevision(Daily(1, 100), "revised", Day(500), "old")]);
        Store.ListSegments(BtcDaily).Select(s => (s.Provenance.Source, s.Rows, s.First, s.Last)).ShouldBe([("old", 2, Day(0), Day(2)), ("new", 2, Day(1), Day(3))]);
        Store.ListSeries().Single().ShouldSatisfyAllConditions(
            s => s.Bars.ShouldBe(4), s => s.First.ShouldBe(Day(0)), s => s.Last.ShouldBe(Day(3)), s => s.Sources.ShouldBe(["new", "old"]));
    }

    [Fact]
    public void A_series_without_volume_gives_NaN_and_refuses_bars_with_volume()
    {
        var key = BtcDaily with { Venue = "coingecko" };
        Store.WriteBars(key, false, [Daily(0, volume: double.NaN)], From("coingecko"));
        Store.WriteBars(key, false, [Daily(0, volume: double.NaN)], From("coingecko")).Unchanged.ShouldBe(1);

        var series = Store.ReadBars(key, Begin, End);
        series.HasVolume.ShouldBeFalse();
        series[0].Volume.ShouldBe(double.NaN);
        Should.Throw<DataValidationException>(() => Store.WriteBars(key, true, [Daily(1)], From("coingecko"))).Message.ShouldContain("without volume");
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_segment_with_a_value_that_is_not_finite_is_refused_whole(double close, double volume)
    {
        Should.Throw<DataValidationException>(() => Store.WriteBars(BtcDaily, true, [Daily(0), Daily(1, close, volume)], From("binance")));

        Store.ListSeries().ShouldBeEmpty();
    }

    [Fact]
    public void Bars_out_of_order_are_a_bug_of_the_caller() =>
        Should.Throw<ArgumentException>(() => Store.WriteBars(BtcDaily, true, [Daily(1), Daily(0)], From("binance")));

    [Fact]
    public void A_losing_row_is_kept_once_without_touching_the_bar()
    {
        Store.WriteBars(BtcDaily, true, [Daily(0, 100)], From("file"));
        var loser = new BarRevision(Daily(0, 99), "conflict", Day(400), "file");

        Store.WriteRevisions(BtcDaily, [loser]);
        Store.WriteRevisions(BtcDaily, [loser with { SupersededAt = Day(401) }]);

        Store.ListRevisions(BtcDaily).ShouldBe([loser]);
        Store.ReadBars(BtcDaily, Begin, End)[0].ShouldBe(Daily(0, 100));
    }

    [Fact]
    public void The_ledger_notes_a_refusal_once_and_every_repair()
    {
        var refused = new LedgerEntry(Day(9), "rejected", BtcDaily, Day(0), Day(1), "high_below_low");
        var repair = refused with { Kind = "repair" };
        var general = new LedgerEntry(Day(9), "audit", null, null, null, "store made");

        Store.WriteLedger([refused, repair, general]);
        Store.WriteLedger([refused with { Time = Day(10) }, repair]);

        Store.ListLedger(BtcDaily).ShouldBe([refused, repair, repair]);
        Store.ListLedger(null).ShouldBe([refused, repair, general, repair]);
    }

    [Fact]
    public void Points_are_kept_apart_from_bars()
    {
        PricePoint[] points = [new(Day(0) + TimeSpan.FromMinutes(3), 42_000.5, 1e9), new(Day(1), 43_000, null)];

        Store.WritePoints("coingecko", Bitcoin, points, From("coingecko")).Inserted.ShouldBe(2);
        Store.WritePoints("coingecko", Bitcoin, [points[0], points[1] with { Price = 1 }], From("coingecko")).ShouldBe(new WriteCounts(0, 1, 1));

        Store.ReadPoints("coingecko", "bitcoin", Day(0), Day(1)).ShouldBe([points[0]]);
        Store.ListPoints().ShouldBe([new PointSeriesInfo("coingecko", "bitcoin", 2, points[0].Time, Day(1))]);
        Store.ListSeries().ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_macro_value_is_kept_as_missing()
    {
        var day = new DateOnly(2024, 1, 1);
        MacroObservation[] observations = [new(day, null, Day(1)), new(day.AddDays(1), 13.2, Day(2))];

        Store.WriteMacro("VIXCLS", observations, From("fred")).Inserted.ShouldBe(2);
        Store.WriteMacro("VIXCLS", observations, From("fred")).Unchanged.ShouldBe(2);

        Store.ReadMacro("VIXCLS", day, day.AddDays(1)).ShouldBe(observations);
        Store.ListMacro().ShouldBe([new MacroInfo("VIXCLS", 1, 1, day, day.AddDays(1), Day(400))]);
    }

    [Fact]
    public void A_vintage_stands_beside_the_one_before()
    {
        var day = new DateOnly(2024, 1, 1);
        Store.WriteMacro("GDP", [new(day, 100, Day(120)), new(day, 102, Day(150))], From("fred"));

        Store.WriteMacro("GDP", [new(day, 101, Day(135)), new(day, 102, Day(160))], From("fred")).ShouldBe(new WriteCounts(0, 1, 1));

        Store.ReadMacro("GDP", day, day).ShouldBe([new(day, 100, Day(120)), new(day, 101, Day(135)), new(day, 102, Day(150))]);
    }

    [Fact]
    public void A_value_revised_under_the_same_known_time_is_known_only_when_it_was_fetched()
    {
        var day = new DateOnly(2024, 1, 1);
        Store.WriteMacro("DGS10", [new(day, 4.1, Day(1))], From("fred", 3));

        Store.WriteMacro("DGS10", [new(day, 4.2, Day(1))], From("fred", 50)).Revised.ShouldBe(1);
        Store.WriteMacro("DGS10", [new(day, 4.2, Day(1))], From("fred", 60)).Unchanged.ShouldBe(1);
        Store.WriteMacro("DGS10", [new(day, 4.1, Day(1))], From("fred", 70)).Unchanged.ShouldBe(1);

        Store.ReadMacro("DGS10", day, day).ShouldBe([new(day, 4.1, Day(1)), new(day, 4.2, Day(50))]);
    }

    [Fact]
    public void A_filled_value_never_replaces_an_observed_one_and_is_worked_out_anew_in_place()
    {
        var day = new DateOnly(2024, 1, 1);
        Store.WriteMacro("VIXCLS", [new(day, null, Day(1))], From("fred"));
        var filled = new MacroObservation(day, 13, Day(1), IsForwardFilled: true);

        Store.WriteMacro("VIXCLS", [filled], From("filled")).Inserted.ShouldBe(1);
        Store.WriteMacro("VIXCLS", [filled], From("filled")).Unchanged.ShouldBe(1);
        Store.WriteMacro("VIXCLS", [filled with { Value = 14 }], From("filled")).Revised.ShouldBe(1);

        Store.ReadMacro("VIXCLS", day, day).ShouldBe([new(day, null, Day(1)), filled with { Value = 14 }]);
    }

    [Fact]
    public void Funding_within_a_minute_is_the_same_settlement()
    {
        var stamped = new FundingRate(Day(0) + TimeSpan.FromMilliseconds(17), 0.0001, 42_000);
        Store.WriteFunding("binance", Perpetual, [stamped, new(Day(1), -0.0002, null)], From("binance")).Inserted.ShouldBe(2);

        Store.WriteFunding("binance", Perpetual, [new(Day(0), 0.0001, null)], From("file")).Unchanged.ShouldBe(1);
        Store.WriteFunding("binance", Perpetual, [new(Day(0), 0.0003, null)], From("file")).Revised.ShouldBe(1);

        Store.ReadFunding("binance", Perpetual, Day(0), Day(1)).ShouldBe([stamped with { Rate = 0.0003 }]);
        Store.ListFunding().ShouldBe([new FundingInfo("binance", Perpetual, 2, stamped.Time, Day(1))]);
    }

    [Fact]
    public void Signals_come_back_equal_and_once_per_time_asset_strategy_and_run()
    {
        var signal = new Signal
        {
            Asset = "bitcoin", Instrument = 2, Direction = Direction.Short, Strength = 0.5, Confidence = 0.25, PositionSize = 0.02, Stop = 44_000, Target = null,
            Horizon = TimeSpan.FromDays(5), Strategy = "VixCorrelation", Time = Day(3), Price = 43_000, Reason = "r = -0.62 over 20 days",
        };
        var live = new StoredSignal(signal, Day(3), "");
        var run = new StoredSignal(signal with { Direction = Direction.Flat }, Day(3), "run1");

        Store.WriteSignals([live, run]);
        Store.WriteSignals([live]);

        Store.ReadSignals(null, null, Begin, End).ShouldBe([live, run]);
        Store.ReadSignals("bitcoin", "VixCorrelation", Day(3), Day(4)).Count.ShouldBe(2);
        Store.ReadSignals("ethereum", null, Begin, End).ShouldBeEmpty();
        Store.ReadSignals(null, "SmaCross", Begin, End).ShouldBeEmpty();
    }

    [Fact]
    public void A_run_is_indexed_once_by_its_id()
    {
        var run = new RunRecord("c0ffee", Day(9), "BuyHold", "BTC/USDT", Day(0), Day(8), """{"metrics":{"sharpe":null},"trades":[],"equity":[]}""");

        Store.WriteRun(run);
        Store.WriteRun(run with { CreatedAt = Day(10) });

        Store.ListRuns().ShouldBe([run with { CreatedAt = Day(10) }]);
        Should.Throw<DataValidationException>(() => Store.WriteRun(run with { Json = "{" }));
    }
}
