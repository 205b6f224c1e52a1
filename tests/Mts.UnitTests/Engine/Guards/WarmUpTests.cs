using Mts.Engine.Guards;

namespace Mts.UnitTests.Engine.Guards;

public sealed class WarmUpTests
{
    [Fact]
    public void A_window_that_waits_until_it_is_full_passes_whatever_it_states() =>
        Judge(x => { if (x.Seen.Count >= 60) x.Want(x.Close > x.Mean(60)); }, stated: 0).Verdict.ShouldBe(GuardVerdict.Pass);

    [Fact]
    public void A_window_that_speaks_before_it_is_full_has_stated_too_little()
    {
        var finding = Judge(x => x.Want(x.Close > x.Mean(Math.Min(60, x.Seen.Count))), stated: 2);
        finding.Verdict.ShouldBe(GuardVerdict.Fail, finding.Words);
        finding.Words.ShouldContain("stated as 2 bars");
        finding.Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_same_with_its_true_warm_up_passes() =>
        Judge(x => x.Want(x.Close > x.Mean(Math.Min(60, x.Seen.Count))), stated: 60).Verdict.ShouldBe(GuardVerdict.Pass);

    [Fact]
    public void A_count_of_bars_never_forgets_where_it_began()
    {
        var finding = Judge(x => x.Want(x.Index / 17 % 2 == 1), stated: 0);
        finding.Verdict.ShouldBe(GuardVerdict.Note);
        finding.Words.ShouldContain("still");
    }

    [Fact]
    public void Silence_cannot_be_judged() => Judge(_ => { }, stated: 10).Verdict.ShouldBe(GuardVerdict.Unknown);

    private static GuardFinding Judge(Action<Moment> say, int stated) => GuardMarket.Of("walk", 31).Judge(() => new Rule("Warm", say, stated)).WarmUp;
}
