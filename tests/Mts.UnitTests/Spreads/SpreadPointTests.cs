using Mts.Core.Market;
using Mts.Core.Spreads;

namespace Mts.UnitTests.Spreads;

public sealed class SpreadPointTests
{
    [Fact]
    public void Is_measured_over_the_mid()
    {
        var spread = new SpreadPoint(new Instrument("binance", Symbol.Parse("BTCUSDT")), default, null, 43000, 1, 43010, 1);

        spread.Absolute.ShouldBe(10);
        spread.Mid.ShouldBe(43005);
        spread.Percent.ShouldBe(0.023253, 5e-7); // 10 / 43005
    }
}
