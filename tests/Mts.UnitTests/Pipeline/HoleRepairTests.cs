using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.Pipeline.History;

namespace Mts.UnitTests.Pipeline;

public sealed class HoleRepairTests : PipelineFixture
{
    private static readonly Provenance Origin = new("binance", First, "GET", "00");

    public HoleRepairTests() => Store.WriteBars(Key, true, [.. Days(60).Where((_, i) => i is < 30 or > 33)], Origin);

    [Fact]
    public async Task Its_own_source_fills_a_hole()
    {
        var report = await Repair(new ScriptedHistory("binance", Days(60)));
        report.Found.ShouldBe([new Hole(Day(30), Day(34), 4)]);
        report.Remaining.ShouldBeEmpty();
        Store.ReadBars(Key, Day(30), Day(34)).Closes.ToArray().ShouldBe([131, 132, 133, 134]);
    }

    [Fact]
    public async Task A_second_source_that_agrees_on_both_sides_fills_it_and_the_evidence_is_kept()
    {
        var report = await Repair(null, new ScriptedHistory("bybit", Days(60, level: 100.01)));
        report.Filled.Single().Source.ShouldBe("bybit");
        report.Remaining.ShouldBeEmpty();
        Store.ListLedger(Key).Single(e => e.Kind == "repair").Detail.ShouldContain("closes agree on 40 shared bars");
        Store.ListSegments(Key)[^1].Provenance.Source.ShouldBe("bybit");
    }

    [Theory]
    [InlineData(102)]       // two per cent away: another level
    [InlineData(0.1)]       // another coin
    public async Task A_second_source_of_another_level_is_refused_and_the_hole_stays(double level)
    {
        var report = await Repair(null, new ScriptedHistory("bybit", Days(60, level)));
        report.Filled.ShouldBeEmpty();
        report.Remaining.Single().Bars.ShouldBe(4);
        Stored.ShouldBe(56);
    }

    [Fact]
    public async Task A_second_source_shifted_by_a_bar_is_refused()
    {
        var shifted = Days(61).Select((b, i) => b with { OpenTime = Day(i - 1) }).ToList();
        (await Repair(null, new ScriptedHistory("bybit", shifted))).Filled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_source_with_bars_on_one_side_only_proves_nothing() =>
        (await Repair(null, new ScriptedHistory("bybit", Days(34)))).Filled.ShouldBeEmpty();

    [Fact]
    public async Task What_is_an_outage_everywhere_stays_a_hole_and_is_listed()
    {
        var outage = Days(60).Where((_, i) => i is < 30 or > 33).ToList();
        var report = await Repair(new ScriptedHistory("binance", outage), new ScriptedHistory("bybit", outage));
        report.Remaining.ShouldBe([new Hole(Day(30), Day(34), 4)]);
        Store.ListLedger(Key).ShouldContain(e => e.Kind == "hole" && e.From == Day(30));
    }

    private Task<RepairReport> Repair(IBarHistory? own, params IReadOnlyList<IBarHistory> others) =>
        new HoleRepair(Store, Clock, NullLogger.Instance).RepairAsync(Key, own, others, CancellationToken.None);
}
