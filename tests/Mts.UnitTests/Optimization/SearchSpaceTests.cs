using Mts.Core;
using Mts.Core.Ports;
using Mts.Engine.Optimization;
using Mts.Strategies;

namespace Mts.UnitTests.Optimization;

public sealed class SearchSpaceTests
{
    private static readonly StrategyDescriptor SmaCross = new StrategyCatalog().All.First(s => s.Name == "SmaCross");
    private static readonly StrategyDescriptor MeanReversion = new StrategyCatalog().All.First(s => s.Name == "MeanReversion");

    [Theory]
    [InlineData("fast=5..8", "5 6 7 8")]
    [InlineData("FAST=40..45:2", "40 42 44")]
    [InlineData("fast=10", "10")]
    [InlineData("fast=20,5,10,5", "20 5 10")]
    [InlineData("fast=1..2,10..30:10", "1 2 10 20 30")]
    public void Values_are_written_as_ranges_steps_and_lists(string text, string values) =>
        Of(text).Searched.ShouldHaveSingleItem().Values.ShouldBe(values.Split(' '));

    [Fact]
    public void Steps_are_decimal() // 0.1 + 0.1 + 0.1 is 0.3, the last value included
    {
        var fraction = MeanReversion.Parameters.First(p => !p.IsInteger && p is { Min: <= 1, Max: >= 1.3 });

        SearchSpace.Of(MeanReversion, Defaults, [$"{fraction.Name}=1..1.3:0.1"]).Searched[0].Values.ShouldBe(["1", "1.1", "1.2", "1.3"]);
    }

    [Fact]
    public void Every_combination_has_one_place_and_the_last_parameter_varies_fastest()
    {
        var space = SearchSpace.Of(SmaCross, new Dictionary<string, string> { ["fast"] = "1", ["slow"] = "2" }, ["slow=50,60", "fast=5..7"]);

        space.Combinations.ShouldBe(6);
        Enumerable.Range(0, 6).Select(i => $"{space.Parameters(i)["slow"]}/{space.Parameters(i)["fast"]}")
            .ShouldBe(["50/5", "50/6", "50/7", "60/5", "60/6", "60/7"]);
    }

    [Fact]
    public void What_is_not_searched_keeps_its_value() =>
        SearchSpace.Of(SmaCross, Defaults, ["fast=5..6"]).Parameters(1).ShouldBe(new Dictionary<string, string> { ["fast"] = "6", ["slow"] = "50" }, ignoreOrder: true);

    [Theory]
    [InlineData("the search space is empty")]
    [InlineData("is empty: 9 to 3", "fast=9..3")]
    [InlineData("did you mean fast?", "fats=3..9")]
    [InlineData("from 1 to 10000", "fast=0..3")]
    [InlineData("a whole number", "fast=1..3:0.5")]
    [InlineData("is not a number", "fast=five")]
    [InlineData("is not a number", "fast=5..")]
    [InlineData("step must be more than 0", "fast=5..9:0")]
    [InlineData("is not NAME=VALUES", "fast")]
    [InlineData("given twice", "fast=5..9", "Fast=3")]
    [InlineData("more than 100000 values", "fast=1..2:0.000001")]
    public void What_cannot_be_searched_is_refused(string says, params string[] given) =>
        Should.Throw<ConfigurationException>(() => Of(given)).Message.ShouldContain(says);

    private static Dictionary<string, string> Defaults => new() { ["fast"] = "10", ["slow"] = "50" };

    private static SearchSpace Of(params string[] given) => SearchSpace.Of(SmaCross, Defaults, given);
}
