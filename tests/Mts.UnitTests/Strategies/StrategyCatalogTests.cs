using Mts.Core;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class StrategyCatalogTests
{
    private static readonly Dictionary<string, string> None = [];

    private readonly StrategyCatalog catalog = new();

    [Theory]
    [InlineData("BuyHold", "BuyHold")]
    [InlineData("BuyHoldStrategy", "BuyHold")]
    [InlineData("BUY_HOLD_STRATEGY", "BuyHold")]
    [InlineData("sma-cross", "SmaCross")]
    [InlineData("smacrossstrategy", "SmaCross")]
    public void Finds_a_strategy_however_its_name_is_written(string text, string name) =>
        catalog.Create(text, None).Name.ShouldBe(name);

    [Theory]
    [InlineData("SmaCros", "did you mean SmaCross")]
    [InlineData("SmaCrosStrategy", "did you mean SmaCross")]
    [InlineData("", "there are BuyHold, SmaCross")]
    [InlineData("Strategy", "there are BuyHold, SmaCross")]
    public void An_unknown_name_gets_the_nearest(string text, string words) =>
        Should.Throw<ConfigurationException>(() => catalog.Create(text, None)).Message.ShouldContain(words);

    [Fact]
    public void Wrong_parameters_are_named_all_at_once_with_what_is_allowed()
    {
        var given = new Dictionary<string, string> { ["fst"] = "3", ["slow"] = "1" };
        var message = Should.Throw<ConfigurationException>(() => catalog.Create("SmaCross", given)).Message;
        message.ShouldContain("unknown parameter 'fst' (did you mean fast?)");
        message.ShouldContain("slow = '1' is not a whole number from 2 to 10000");
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("ten")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1e9")]
    public void A_value_must_be_a_number_in_its_range(string value) =>
        Should.Throw<ConfigurationException>(() => catalog.Create("SmaCross", new Dictionary<string, string> { ["fast"] = value }));

    [Fact]
    public void A_strategy_without_parameters_says_so() =>
        Should.Throw<ConfigurationException>(() => catalog.Create("BuyHold", new Dictionary<string, string> { ["x"] = "1" }))
            .Message.ShouldContain("there are none");

    [Fact]
    public void Every_default_is_allowed() => catalog.All.ShouldAllBe(d => d.Parameters.All(p => p.Default >= p.Min && p.Default <= p.Max));
}
