using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Guards;
using Mts.Strategies;

namespace Mts.UnitTests.Engine.Guards;

public sealed class HonestTests
{
    private static readonly (string Kind, int Seed)[] Markets = [("walk", 11), ("trends", 12), ("trends", 15), ("reverting", 13), ("jumps", 14)];

    public static TheoryData<string> Strategies => [.. Honest.All.Keys];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Is_never_accused(string strategy)
    {
        foreach (var (kind, seed) in Markets)
        {
            var market = GuardMarket.Of(kind, seed, instruments: strategy.StartsWith("PairsTrading", StringComparison.Ordinal) ? 2 : 3);
            var report = market.Judge(Honest.All[strategy]);
            report.LookAhead.Verdict.ShouldBe(GuardVerdict.Pass, $"{strategy} on {kind} {seed}: {report.LookAhead.Words}");
            report.Macro.Verdict.ShouldBe(GuardVerdict.Pass, $"{strategy} on {kind} {seed}: {report.Macro.Words}");
            report.Determinism.Verdict.ShouldBe(GuardVerdict.Pass, $"{strategy} on {kind} {seed}: {report.Determinism.Words}");
            report.WarmUp.Verdict.ShouldNotBe(GuardVerdict.Fail, $"{strategy} on {kind} {seed}: {report.WarmUp.Words}");
            report.Instants.ShouldBeGreaterThan(300);
        }
    }

    [Fact]
    public void Several_strategies_with_warm_up_and_shorts_are_not_accused()
    {
        var catalog = new StrategyCatalog();
        string[] names = ["SmaCross", "MeanReversion", "Macd"];
        var aggregator = new SignalAggregator(new AggregatorOptions { Weights = AggregatorOptions.Equal(names) }, names);
        var market = GuardMarket.Of("trends", 21);
        var report = market.Judge(() => [.. names.Select(n => catalog.Create(n, new Dictionary<string, string>()))], aggregator, new BacktestOptions { AllowShort = true });
        report.IsSound.ShouldBeTrue(report.LookAhead.Words + report.Macro.Words + report.Determinism.Words);
        report.Decisions.ShouldBeGreaterThan(0);
    }
}
