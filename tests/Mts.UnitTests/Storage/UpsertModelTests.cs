using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

/// <summary>Random sequences of writes against a dictionary.</summary>
public sealed class UpsertModelTests
{
    private readonly Dictionary<long, Bar> model = [];
    private readonly List<Bar> replaced = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_store_holds_the_last_value_of_every_bar_and_all_values_before(int seed)
    {
        using var folder = new TempFolder();
        using var store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        var random = new Random(seed);

        for (var write = 0; write < 40; write++)
        {
            var bars = Segment(random);
            store.WriteBars(BtcDaily, true, bars, From($"source{write % 3}")).ShouldBe(Expect(bars));
        }

        var series = store.ReadBars(BtcDaily, Timestamp.MinValue, Timestamp.MaxValue);
        Enumerable.Range(0, series.Length).Select(i => series[i]).ShouldBe(model.OrderBy(m => m.Key).Select(m => m.Value));
        store.ListRevisions(BtcDaily).Select(r => r.Bar).OrderBy(Order).ShouldBe(replaced.OrderBy(Order));
        store.ListSegments(BtcDaily).Sum(s => s.Rows).ShouldBe(model.Count);
        store.VerifyBars(BtcDaily).ShouldBeEmpty();
    }

    private static (long, double) Order(Bar bar) => (bar.OpenTime.Micros, bar.Close);

    // Few days and few values, so that writes meet one another; some far away, so that the plan reads in several parts.
    private static Bar[] Segment(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 60))
            .Select(_ => random.Next(5) == 0 ? -random.Next(5) * 2_000 : random.Next(150)).Distinct().Order()
            .Select(day => Daily(day, 100 + random.Next(3))),
    ];

    private WriteCounts Expect(Bar[] bars)
    {
        var counts = default(WriteCounts);
        foreach (var bar in bars)
        {
            var known = model.TryGetValue(bar.OpenTime.Micros, out var old);
            counts += !known ? new(1, 0, 0) : old == bar ? new(0, 1, 0) : new(0, 0, 1);
            if (known && old != bar) replaced.Add(old);
            model[bar.OpenTime.Micros] = bar;
        }

        return counts;
    }
}
