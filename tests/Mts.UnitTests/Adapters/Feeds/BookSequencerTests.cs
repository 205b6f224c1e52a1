using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Books;

namespace Mts.UnitTests.Adapters.Feeds;

public sealed class BookSequencerTests
{
    private static readonly BookPosition Fresh = new(1_000, 1_000, IsBridged: false);
    private static readonly BookPosition Following = new(1_000, 2_000, IsBridged: true);

    // Binance's own words: drop u ≤ lastUpdateId; the first has U ≤ lastUpdateId + 1 ≤ u; later U = last u + 1.
    [Theory]
    [InlineData(990, 998, DiffPlace.BeforeSnapshot)]
    [InlineData(990, 999, DiffPlace.BeforeSnapshot)]
    [InlineData(990, 1_000, DiffPlace.BeforeSnapshot)]
    [InlineData(990, 1_001, DiffPlace.Next)]
    [InlineData(990, 1_002, DiffPlace.Next)]
    [InlineData(999, 1_010, DiffPlace.Next)]
    [InlineData(1_000, 1_010, DiffPlace.Next)]
    [InlineData(1_001, 1_010, DiffPlace.Next)]
    [InlineData(1_002, 1_010, DiffPlace.Gap)]
    [InlineData(1_003, 1_010, DiffPlace.Gap)]
    public void Spot_joins_a_snapshot_at_the_number_after_it(long first, long last, DiffPlace place) =>
        new BinanceSpotSequencer().Place(new DepthIds(first, last), Fresh).ShouldBe(place);

    [Theory]
    [InlineData(900, 1_000, DiffPlace.BeforeSnapshot)]
    [InlineData(900, 1_001, DiffPlace.Applied)]
    [InlineData(1_990, 1_998, DiffPlace.Applied)]
    [InlineData(1_990, 2_000, DiffPlace.Applied)]
    [InlineData(1_990, 2_001, DiffPlace.Next)]
    [InlineData(1_999, 2_010, DiffPlace.Next)]
    [InlineData(2_000, 2_010, DiffPlace.Next)]
    [InlineData(2_001, 2_010, DiffPlace.Next)]
    [InlineData(2_001, 2_001, DiffPlace.Next)]
    [InlineData(2_002, 2_010, DiffPlace.Gap)]
    [InlineData(2_003, 2_010, DiffPlace.Gap)]
    [InlineData(long.MaxValue, long.MaxValue, DiffPlace.Gap)]
    public void Spot_follows_without_a_hole(long first, long last, DiffPlace place) =>
        new BinanceSpotSequencer().Place(new DepthIds(first, last), Following).ShouldBe(place);

    // Drop u < lastUpdateId; the first has U ≤ lastUpdateId ≤ u.
    [Theory]
    [InlineData(990, 998, 980, DiffPlace.BeforeSnapshot)]
    [InlineData(990, 999, 980, DiffPlace.BeforeSnapshot)]
    [InlineData(990, 1_000, 980, DiffPlace.Next)]
    [InlineData(990, 1_001, 980, DiffPlace.Next)]
    [InlineData(999, 1_010, 980, DiffPlace.Next)]
    [InlineData(1_000, 1_010, 980, DiffPlace.Next)]
    [InlineData(1_001, 1_010, 980, DiffPlace.Gap)]
    [InlineData(1_002, 1_010, 998, DiffPlace.Gap)]
    [InlineData(1_002, 1_010, 999, DiffPlace.Gap)]
    [InlineData(1_002, 1_010, 1_000, DiffPlace.Next)]
    [InlineData(1_002, 1_010, 1_001, DiffPlace.Gap)]
    [InlineData(1_003, 1_010, 1_002, DiffPlace.Gap)]
    public void A_perpetual_joins_a_snapshot_that_lies_in_the_change_or_right_before_it(long first, long last, long previous, DiffPlace place) =>
        new BinanceUsdmSequencer().Place(new DepthIds(first, last, previous), Fresh).ShouldBe(place);

    [Theory]
    [InlineData(2_500, 2_600, 1_998, DiffPlace.Gap)]
    [InlineData(2_500, 2_600, 1_999, DiffPlace.Gap)]
    [InlineData(2_500, 2_600, 2_000, DiffPlace.Next)]
    [InlineData(1_500, 2_600, 2_000, DiffPlace.Next)]
    [InlineData(2_500, 2_600, 2_001, DiffPlace.Gap)]
    [InlineData(2_001, 2_600, 2_002, DiffPlace.Gap)]
    [InlineData(1_990, 2_000, 1_980, DiffPlace.Applied)]
    [InlineData(1_990, 1_999, 1_980, DiffPlace.Applied)]
    [InlineData(990, 999, 980, DiffPlace.BeforeSnapshot)]
    public void A_perpetual_follows_by_the_number_before_it_alone(long first, long last, long previous, DiffPlace place) =>
        new BinanceUsdmSequencer().Place(new DepthIds(first, last, previous), Following).ShouldBe(place);

    [Theory]
    [InlineData(1, true, DiffPlace.Restart)]
    [InlineData(1, false, DiffPlace.Restart)]
    [InlineData(2, true, DiffPlace.BeforeSnapshot)]
    [InlineData(1_000, true, DiffPlace.BeforeSnapshot)]
    [InlineData(1_001, true, DiffPlace.Applied)]
    [InlineData(1_998, true, DiffPlace.Applied)]
    [InlineData(1_999, true, DiffPlace.Applied)]
    [InlineData(2_000, true, DiffPlace.Applied)]
    [InlineData(2_001, true, DiffPlace.Next)]
    [InlineData(2_002, true, DiffPlace.Gap)]
    [InlineData(2_003, true, DiffPlace.Gap)]
    [InlineData(2_000, false, DiffPlace.Applied)]
    [InlineData(2_001, false, DiffPlace.Next)]
    [InlineData(2_003, false, DiffPlace.Next)]
    public void Bybit_counts_by_one_and_starts_again_at_one(long id, bool isStrict, DiffPlace place) =>
        new BybitSequencer(isStrict).Place(new DepthIds(id, id), Following).ShouldBe(place);

    [Fact]
    public void Bybit_repeats_a_quiet_book_under_its_number()
    {
        var sequencer = new BybitSequencer();
        sequencer.PlaceSnapshot(2_000, Following).ShouldBe(SnapshotPlace.Repeat);
        sequencer.PlaceSnapshot(1_999, Following).ShouldBe(SnapshotPlace.Replace);
        sequencer.PlaceSnapshot(2_001, Following).ShouldBe(SnapshotPlace.Replace);
        sequencer.PlaceSnapshot(1, new BookPosition(1, 1, false)).ShouldBe(SnapshotPlace.Replace);
    }
}
