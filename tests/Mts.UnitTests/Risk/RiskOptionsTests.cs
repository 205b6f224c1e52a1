using Mts.Core;
using Mts.Core.Risk;

namespace Mts.UnitTests.Risk;

public sealed class RiskOptionsTests
{
    [Fact]
    public void The_shipped_file_holds_the_defaults() => RiskOptions.From(ConfigFiles.Read("risk.json")).ShouldBe(new RiskOptions());

    [Fact]
    public void The_shipped_file_names_every_setting() =>
        ConfigFiles.Read("risk.json").Keys.Order().ShouldBe(RiskOptions.Specs.Select(s => s.Name).Append("sizing").Append("allow_short").Order());

    [Fact]
    public void Every_setting_takes_effect()
    {
        var defaults = new RiskOptions();
        foreach (var spec in RiskOptions.Specs)
        {
            var value = spec.Default == spec.Max ? spec.Min : spec.Max;
            RiskOptions.From(new Dictionary<string, string> { [spec.Name] = $"{value}" }).ShouldNotBe(defaults, spec.Name);
        }

        RiskOptions.From(new Dictionary<string, string> { ["sizing"] = "fixed_fraction", ["allow_short"] = "False" })
            .ShouldBe(defaults with { Sizing = Sizing.FixedFraction, AllowShort = false });
    }

    [Theory]
    [InlineData("max_positon", "0.1", "did you mean max_position")]
    [InlineData("max_position", "-0.1", "not a number from 0 to 10")]
    [InlineData("sizing", "kelly", "neither signal nor fixed_fraction")]
    [InlineData("allow_short", "1", "neither true nor false")]
    public void Wrong_settings_are_refused(string name, string value, string words) =>
        Should.Throw<ConfigurationException>(() => RiskOptions.From(new Dictionary<string, string> { [name] = value })).Message.ShouldContain(words);
}
