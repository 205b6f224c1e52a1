using Mts.Core.Books;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>Audits of a book that its stream brings whole, where the number across streams says how old a fetched one is.</summary>
public sealed class BookAuditTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>A valid book of 100:1 and 101:1 at the number 1000, for which the venue has just been asked.</summary>
    private static FeedBench Audited()
    {
        var bench = new FeedBench(new StreamedSequencer(), new FeedOptions { AuditEvery = Every, ProbeEvery = TimeSpan.Zero }).Open();
        bench.Frame("s BTCUSDT 10 100:1,99:5 101:1,102:5 1000");
        Next(bench).ShouldBe(1);
        return bench;
    }

    /// <summary>Waits for the next audit, while the book is sent again so that it is not silent.</summary>
    /// <returns>The fetch.</returns>
    private static int Next(FeedBench bench, double seconds = 91)
    {
        bench.Asked();
        for (var waited = 0.0; waited < seconds; waited += 0.5)
        {
            if (bench.Asked().FirstOrDefault(a => a.Contains("Snapshot", StringComparison.Ordinal)) is { } fetch) return int.Parse(fetch.Split(' ')[1]);
            bench.Frame("d BTCUSDT 1 1 - - -").Wait(0.5);
        }

        return 0;
    }

    [Fact]
    public void Is_decided_at_once_where_nothing_has_changed_since()
    {
        Audited().Fetched("s BTCUSDT 5 100:1,99:5 101:1,102:5 1000").Market.Book.State.ShouldBe(BookState.Valid);
        var bench = Audited().Fetched("s BTCUSDT 5 100:2,99:5 101:1,102:5 1000");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Gaps.ShouldHaveSingleItem().Cause.ShouldBe("audit");
    }

    [Fact]
    public void Holds_a_newer_book_until_the_stream_has_come_so_far()
    {
        var bench = Audited().Fetched("s BTCUSDT 5 100:3,99:6 101:1,102:5 1020").Frame("d BTCUSDT 11 11 - 100:3 - 1010");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        bench.Frame("d BTCUSDT 12 12 - 98:1 - 1020").Market.Book.State.ShouldBe(BookState.Invalid);
    }

    [Fact]
    public void Looks_back_where_the_stream_has_gone_on_since()
    {
        var stream = new[] { "d BTCUSDT 11 11 - 100:3 - 1010", "d BTCUSDT 12 12 - 100:4 - 1020" };
        Audited().Frame(stream[0]).Frame(stream[1]).Fetched("s BTCUSDT 5 100:3,99:5 101:1,102:5 1010").Market.Book.State.ShouldBe(BookState.Valid);
        Audited().Frame(stream[0]).Frame(stream[1]).Fetched("s BTCUSDT 5 100:4,99:5 101:1,102:5 1010").Market.Book.State.ShouldBe(BookState.Invalid);
    }

    [Fact]
    public void Between_two_messages_what_the_later_one_changes_says_nothing()
    {
        var bench = Audited().Fetched("s BTCUSDT 5 100:2,99:5 101:1,102:5 1005").Frame("d BTCUSDT 11 11 - 100:3 - 1010");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        Next(bench, 20).ShouldBe(0);
    }

    [Fact]
    public void Between_two_messages_a_level_that_no_message_names_must_differ_twice()
    {
        var bench = Audited().Frame("d BTCUSDT 11 11 - 100:3 - 1010").Fetched("s BTCUSDT 5 100:3,99:7 101:1,102:5 1005");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        var again = Next(bench, 3);
        again.ShouldBe(2);
        bench.Frame("d BTCUSDT 12 12 - 100:4 - 1030").Fetched("s BTCUSDT 6 100:3,99:7 101:1,102:5 1025", again).Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Gaps.ShouldHaveSingleItem().Cause.ShouldBe("audit");
    }

    [Fact]
    public void Between_two_messages_a_level_that_has_flickered_is_no_error()
    {
        var bench = Audited().Frame("d BTCUSDT 11 11 - 100:3 - 1010").Fetched("s BTCUSDT 5 100:3,99:7 101:1,102:5 1005");
        var again = Next(bench, 3);
        bench.Frame("d BTCUSDT 12 12 - 100:4 - 1030").Fetched("s BTCUSDT 6 100:3,99:5 101:9,102:5 1025", again).Market.Book.State.ShouldBe(BookState.Valid);
        bench.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void Compares_as_far_as_both_books_reach()
    {
        var bench = Audited().Fetched("s BTCUSDT 5 100:1 101:1,102:5 1000");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);
    }

    [Fact]
    public void Asks_a_venue_that_answers_with_old_books_ever_more_seldom()
    {
        var bench = Audited();
        var waits = new List<double>();
        for (var number = 1; waits.Count < 8; number++)
        {
            var before = bench.Now;
            bench.Fetched("s BTCUSDT 5 90:1 101:1 900", number);
            Next(bench, 200).ShouldBe(number + 1);
            waits.Add((bench.Now - before).TotalSeconds);
        }

        bench.Market.Book.State.ShouldBe(BookState.Valid);
        waits[0].ShouldBeInRange(0.5, 2);
        waits[4].ShouldBeInRange(15, 18);
        waits[^1].ShouldBeInRange(29, 91);
    }

    [Fact]
    public void A_snapshot_of_the_stream_ends_an_audit_and_the_next_one_is_soon()
    {
        var bench = Audited().Frame("s BTCUSDT 20 100:8 101:1 1040").Fetched("s BTCUSDT 5 100:1,99:5 101:1,102:5 1000");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        Next(bench, 3).ShouldBe(2);
    }
}
