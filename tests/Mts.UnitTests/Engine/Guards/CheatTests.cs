using Mts.Engine;
using Mts.Engine.Guards;

namespace Mts.UnitTests.Engine.Guards;

public sealed class CheatTests
{
    private static readonly (string Kind, int Seed)[] Markets = [("walk", 1), ("trends", 2), ("reverting", 3), ("jumps", 4)];

    public static TheoryData<string> Bars => [.. Cheats.OfBars.Keys];

    public static TheoryData<string> Macro => [.. Cheats.OfMacro.Keys];

    [Theory]
    [MemberData(nameof(Bars))]
    public void Is_found_out_on_every_market(string cheat)
    {
        foreach (var (kind, seed) in Markets)
        {
            var market = GuardMarket.Of(kind, seed);
            var report = market.Judge(Cheats.OfBars[cheat](market));
            report.IsSound.ShouldBeFalse($"{cheat} on {kind}");
            report.Macro.Verdict.ShouldNotBe(GuardVerdict.Fail);
            var finding = report.LookAhead.Verdict == GuardVerdict.Fail ? report.LookAhead : report.Determinism;
            finding.Words.ShouldContain("strategy ");
            finding.Evidence.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Macro))]
    public void Of_macro_is_found_out_as_such(string cheat)
    {
        foreach (var (kind, seed) in Markets)
        {
            var market = GuardMarket.Of(kind, seed);
            var report = market.Judge(Cheats.OfMacro[cheat](market));
            report.Macro.Verdict.ShouldBe(GuardVerdict.Fail, $"{cheat} on {kind}");
            report.LookAhead.Verdict.ShouldBe(GuardVerdict.Pass, $"{cheat} on {kind}: {report.LookAhead.Words}");
        }
    }
}
