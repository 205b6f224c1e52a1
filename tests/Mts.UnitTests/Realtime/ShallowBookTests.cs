using System.Globalization;
using Mts.Core.Books;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

public sealed class ShallowBookTests
{
    private static readonly FeedOptions twenty = new() { AuditEvery = TimeSpan.Zero, ProbeEvery = TimeSpan.Zero, FirstLevels = 20, Levels = 50 };

    [Fact]
    public void Is_not_valid_any_more_when_the_market_leaves_what_its_snapshot_showed()
    {
        var bench = new FeedBench(null, twenty).Open().Frame("d BTCUSDT 11 12 - - -");
        bench.Asked().ShouldContain("fetch 1 Snapshot 20");
        bench.Fetched($"s BTCUSDT 10 {Levels(100, -1)} {Levels(201, 1)}").Market.Book.State.ShouldBe(BookState.Valid);

        // The bid at 60 is now the twentieth that is known; of those between 81 and 60 nobody has told.
        bench.Frame("d BTCUSDT 13 13 - 100:0,60:9 -").Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Gaps.ShouldHaveSingleItem().Cause.ShouldBe("depth");
        bench.Wait(1).Asked().ShouldContain("fetch 2 Snapshot 50");
    }

    [Fact]
    public void Is_valid_while_the_snapshot_was_the_whole_side()
    {
        var bench = new FeedBench(null, twenty).Open().Frame("d BTCUSDT 11 12 - - -").Fetched($"s BTCUSDT 10 100:1,99:1 {Levels(201, 1)}");
        bench.Frame("d BTCUSDT 13 13 - 100:0,60:9 -").Market.Book.State.ShouldBe(BookState.Valid);
    }

    private static string Levels(int best, int step) =>
        string.Join(',', Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{best + (i * step)}:1")));
}
