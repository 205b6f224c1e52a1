using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.UnitTests.Quality;

public sealed class HolesTests
{
    private static readonly long Day = Interval.Day.Micros;

    [Fact]
    public void A_whole_series_has_none() => Holes.Find([0, Day, 2 * Day], Interval.Day).ShouldBeEmpty();

    [Fact]
    public void A_hole_tells_first_missing_bar_next_there_is_and_how_many() =>
        Holes.Find([0, Day, 5 * Day], Interval.Day).ShouldBe([new Hole(new(2 * Day), new(5 * Day), 3)]);

    [Fact]
    public void What_is_asked_for_before_and_after_counts_too() =>
        Holes.Find([2 * Day], Interval.Day, new(0), new(4 * Day)).ShouldBe([new Hole(new(0), new(2 * Day), 2), new Hole(new(3 * Day), new(4 * Day), 1)]);

    [Fact]
    public void An_empty_series_is_one_hole_of_what_was_asked() =>
        Holes.Find([], Interval.Day, new(0), new(4 * Day)).ShouldBe([new Hole(new(0), new(4 * Day), 4)]);
}
