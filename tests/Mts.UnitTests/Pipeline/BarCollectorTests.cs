using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Pipeline.History;

namespace Mts.UnitTests.Pipeline;

public sealed class BarCollectorTests : PipelineFixture
{
    [Fact]
    public async Task Fetches_a_range_and_stores_it()
    {
        var report = await Collect(new ScriptedHistory("binance", Days(60), pageSize: 25), Day(0), Day(60));
        report.Failure.ShouldBeNull();
        report.Written.Inserted.ShouldBe(60);
        Stored.ShouldBe(60);
    }

    [Fact]
    public async Task A_second_run_asks_for_nothing_that_is_stored()
    {
        var source = new ScriptedHistory("binance", Days(60));
        await Collect(source, Day(0), Day(40));
        source.Asked.Clear();
        var report = await Collect(source, Day(0), Day(60));
        source.Asked.ShouldBe([(Day(40), Day(60))]);
        report.Written.Inserted.ShouldBe(20);
    }

    [Fact]
    public async Task Holes_inside_the_stored_range_are_fetched_as_well()
    {
        var bars = Days(60);
        await Collect(new ScriptedHistory("binance", [.. bars.Where((_, i) => i is < 10 or > 14)]), Day(0), Day(60));
        Stored.ShouldBe(55);
        var whole = new ScriptedHistory("binance", bars);
        await Collect(whole, Day(0), Day(60));
        whole.Asked.ShouldBe([(Day(10), Day(15))]);
        Stored.ShouldBe(60);
    }

    [Fact]
    public async Task A_failure_keeps_the_pages_that_came_and_the_next_run_goes_on_there()
    {
        var source = new ScriptedHistory("binance", Days(100), pageSize: 10) { FailsAfterPages = 3 };
        var broken = await Collect(source, Day(0), Day(100));
        broken.Failure.ShouldNotBeNull().ShouldContain("connection reset");
        Stored.ShouldBe(30);

        source.FailsAfterPages = null;
        source.Asked.Clear();
        (await Collect(source, Day(0), Day(100))).Failure.ShouldBeNull();
        source.Asked.ShouldBe([(Day(30), Day(100))]);
        Stored.ShouldBe(100);
    }

    [Fact]
    public async Task The_bar_of_today_is_not_asked_for()
    {
        var source = new ScriptedHistory("binance", Days(200));
        await Collect(source, Timestamp.Parse("2024-05-30"), Timestamp.Parse("2024-06-05"));
        source.Asked.ShouldBe([(Timestamp.Parse("2024-05-30"), Timestamp.Parse("2024-06-01"))]);
        Stored.ShouldBe(2);
    }

    [Fact]
    public async Task A_bad_bar_is_refused_counted_and_listed_and_the_others_stand()
    {
        var bars = Days(20);
        bars[7] = bars[7] with { High = bars[7].Low - 1 };
        bars[9] = bars[9] with { Volume = -1 };
        var report = await Collect(new ScriptedHistory("binance", bars), Day(0), Day(20));
        report.Rejected.ShouldBe(new Dictionary<string, int> { ["high_below_low"] = 1, ["negative_volume"] = 1 }, ignoreOrder: true);
        report.Holes.ShouldBe([new Hole(Day(7), Day(8), 1), new Hole(Day(9), Day(10), 1)]);
        Stored.ShouldBe(18);
        Store.ListLedger(Key).Count(e => e.Kind == "rejected").ShouldBe(2);
        Store.ListLedger(Key)[0].Detail.ShouldContain("high_below_low");
    }

    [Fact]
    public async Task The_same_bar_twice_with_other_values_keeps_the_first_and_the_loser_as_a_revision()
    {
        var bars = Days(5);
        bars.Insert(3, bars[2] with { Close = bars[2].Close - 0.5 });
        var report = await Collect(new ScriptedHistory("binance", bars), Day(0), Day(5));
        report.Rejected["conflict"].ShouldBe(1);
        Store.ReadBars(Key, Day(2), Day(3))[0].Close.ShouldBe(103);
        Store.ListRevisions(Key).Single().Bar.Close.ShouldBe(102.5);
    }

    [Fact]
    public async Task Interrupting_leaves_whole_pages()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Interrupt(stop, atRows: 20);
        var source = new ScriptedHistory("binance", Days(100), pageSize: 10);
        var collector = new BarCollector(source, Store, Clock, NullLogger.Instance);
        await Should.ThrowAsync<OperationCanceledException>(() => collector.CollectAsync(Btc, Interval.Day, Day(0), Day(100), progress, stop.Token));
        Stored.ShouldBe(20);
    }

    private Task<CollectionReport> Collect(ScriptedHistory source, Timestamp from, Timestamp until) =>
        new BarCollector(source, Store, Clock, NullLogger.Instance).CollectAsync(Btc, Interval.Day, from, until, null, CancellationToken.None);

    private sealed class Interrupt(CancellationTokenSource stop, long atRows) : IProgress<CollectionProgress>
    {
        public void Report(CollectionProgress value)
        {
            if (value.Rows >= atRows) stop.Cancel();
        }
    }
}
