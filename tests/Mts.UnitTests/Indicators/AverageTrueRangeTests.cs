using Mts.Core.Indicators;

namespace Mts.UnitTests.Indicators;

public sealed class AverageTrueRangeTests
{
    [Fact]
    public void Counts_gaps_from_the_last_close_and_smooths_after_the_first_mean()
    {
        var atr = new AverageTrueRange(2);
        atr.Add(10, 8, 9);
        atr.Value.ShouldBeNull();
        atr.Add(15, 13, 14);            // 15 − 9 = 6
        atr.Value.ShouldBe(4);          // (2 + 6)/2
        atr.Add(12, 11, 11.5);          // 14 − 11 = 3
        atr.Value.ShouldBe(3.5);        // (4 + 3)/2
        atr.Add(12, 11.5, 12);          // 0.5
        atr.Value.ShouldBe(2);          // (3.5 + 0.5)/2
    }

    [Fact]
    public void Needs_a_length() => Should.Throw<ArgumentOutOfRangeException>(() => new AverageTrueRange(0));
}
