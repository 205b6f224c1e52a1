using System.Reflection;
using Mts.Core.Market;
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

    [Fact]
    public void Is_not_said_to_read_macro_early_where_there_is_none()
    {
        var market = GuardMarket.Of("walk", 1, instruments: 1);
        var bare = new GuardedRun
        {
            Inputs = market.Inputs with { Macro = new Dictionary<string, IReadOnlyList<MacroObservation>>(), Instruments = [market.Inputs.Instruments[0] with { Funding = null }] },
            // It tells that it is looked at by what stands between it and the engine, and whether the future is hidden by what it holds.
            Make = () => [new Rule("Watched", x => x.Want(x.Context.GetType().Name == "WatchedStrategy" && x.Index % 2 == 0 && Veiled(x.Context)))],
            Options = new BacktestOptions(),
            Labels = Runs.Labels,
        };
        var report = GuardedBacktest.Run(bare, TestContext.Current.CancellationToken).Guards!;
        report.IsSound.ShouldBeFalse();
        report.Macro.Verdict.ShouldBe(GuardVerdict.Unknown);

        static bool Veiled(object context) => context.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Any(f => f.GetValue(context) is Veil);
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
