using Mts.Core;
using Mts.Simulator.Faults;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator;

public sealed class FaultPlanTests
{
    [Fact]
    public void Faults_fire_as_often_as_asked()
    {
        var plan = FaultPlan.Parse("429:0.05,html200:0.01,slow:0.02,truncate:0.01,5xx:0.02,reset:0.01,garbage:0.03,short:0.02,empty:0.01");
        var drawn = Enumerable.Range(0, 200_000).Select(i => plan.Draw("binance", Noise.Key(3, i))?.ToString() ?? "none").CountBy(f => f).ToDictionary(f => f.Key, f => f.Value / 200_000.0);
        drawn["TooManyRequests"].ShouldBe(0.05, 0.002);
        drawn["Html200"].ShouldBe(0.01, 0.001);
        drawn["Slow"].ShouldBe(0.02, 0.0015);
        drawn["Truncate"].ShouldBe(0.01, 0.001);
        drawn["ServerError"].ShouldBe(0.02, 0.0015);
        drawn["Reset"].ShouldBe(0.01, 0.001);
        drawn["Garbage"].ShouldBe(0.03, 0.0015);
        drawn["none"].ShouldBe(0.82, 0.004);
    }

    [Fact]
    public void A_fault_can_be_meant_for_one_service()
    {
        var plan = FaultPlan.Parse("fred/reset:1");
        plan.Draw("fred", 1).ShouldBe(FaultKind.Reset);
        plan.Draw("binance", 1).ShouldBeNull();
    }

    [Theory]
    [InlineData("teapot:0.1", "allowed are 429, 5xx, html200, slow, truncate, cut, short, reset, garbage, empty")]
    [InlineData("429", "429:0.05")]
    [InlineData("429:2", "429:0.05")]
    [InlineData("kraken/429:0.1", "allowed are binance, usdm, bybit, coingecko, coingecko-pro, fred")]
    [InlineData("429:0.6,5xx:0.6", "at most 1")]
    public void What_cannot_be_is_refused_with_what_can(string text, string message) =>
        Should.Throw<ConfigurationException>(() => FaultPlan.Parse(text)).Message.ShouldContain(message);

    [Fact]
    public void Nothing_asked_is_nothing_fired() => FaultPlan.Parse("").Draw("binance", 5).ShouldBeNull();
}
