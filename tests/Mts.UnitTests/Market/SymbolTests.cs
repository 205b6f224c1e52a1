using Mts.Core.Market;

namespace Mts.UnitTests.Market;

public sealed class SymbolTests
{
    [Theory]
    [InlineData("BTC/USDT", "BTC/USDT")]
    [InlineData("btcusdt", "BTC/USDT")]
    [InlineData("BTC-USDT", "BTC/USDT")]
    [InlineData("BTC/USDT:USDT", "BTC/USDT:USDT")]
    [InlineData("BTC-USDT-PERP", "BTC/USDT:USDT")]
    [InlineData("BTCUSDT-PERP", "BTC/USDT:USDT")]
    [InlineData("BTCFDUSD", "BTC/FDUSD")]
    [InlineData("1000PEPEUSDT", "1000PEPE/USDT")]
    [InlineData("ETHBTC", "ETH/BTC")]
    public void Reads_every_common_spelling(string text, string expected)
    {
        Symbol.TryParse(text, out var symbol).ShouldBeTrue();
        symbol.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("bitcoin")]
    [InlineData("/USDT")]
    [InlineData("BTC/")]
    [InlineData("BTC/US DT")]
    [InlineData("../../etc")]
    [InlineData(null)]
    public void Refuses_what_is_no_market(string? text) => Symbol.TryParse(text, out _).ShouldBeFalse();
}
