using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

public sealed class AlertLogTests : IDisposable
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(60);
    private static readonly AlertDelivery[] Discord = [new("discord", DeliveryState.Pending)];

    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new(SampleAlert.Start.ToDateTimeOffset());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_two_processes_that_see_the_same_one_may_tell_it()
    {
        using var a = Open();
        using var b = Open();
        a.Log.Claim(SampleAlert.At(0), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Mine);
        b.Log.Claim(SampleAlert.At(0), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Told);
        b.Log.Claim(SampleAlert.At(0.3), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Told);
        b.Log.Claim(SampleAlert.At(90), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Told);
        b.Log.Claim(SampleAlert.At(91, AlertPhase.Cleared), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Mine);
        a.Log.Claim(SampleAlert.At(91.1, AlertPhase.Cleared), CoolDown, Discord).Verdict.ShouldBe(ClaimVerdict.Told);
    }

    [Fact]
    public void A_process_that_lags_behind_does_not_raise_what_is_over()
    {
        using var one = Open();
        one.Log.Claim(SampleAlert.At(0), TimeSpan.Zero, []);
        one.Log.Claim(SampleAlert.At(2, AlertPhase.Cleared), TimeSpan.Zero, []);
        one.Log.Claim(SampleAlert.At(1), TimeSpan.Zero, []).Verdict.ShouldBe(ClaimVerdict.Told);
        one.Log.Claim(SampleAlert.At(3), TimeSpan.Zero, []).Verdict.ShouldBe(ClaimVerdict.Mine);
    }

    [Fact]
    public void The_cool_down_runs_from_the_last_raise_and_holds_over_a_restart()
    {
        using (var first = Open())
        {
            first.Log.Claim(SampleAlert.At(0), CoolDown, []);
            first.Log.Claim(SampleAlert.At(30, AlertPhase.Cleared), CoolDown, []);
        }

        using var second = Open();
        second.Log.Claim(SampleAlert.At(59), CoolDown, []).ShouldBe(new AlertClaim(ClaimVerdict.CoolingDown, SampleAlert.Start + CoolDown));
        second.Log.Claim(SampleAlert.At(60), CoolDown, []).Verdict.ShouldBe(ClaimVerdict.Mine);
        second.Log.Claim(SampleAlert.At(0, rule: "other"), CoolDown, []).Verdict.ShouldBe(ClaimVerdict.Mine);
        second.Log.Claim(SampleAlert.At(0, subject: "bybit BTC/USDT", id: "alt_b"), CoolDown, []).Verdict.ShouldBe(ClaimVerdict.Mine);
    }

    [Fact]
    public void An_event_is_told_once_by_its_id_and_cools_down()
    {
        using var one = Open();
        one.Log.Claim(SampleAlert.At(0, AlertPhase.Event), TimeSpan.Zero, []).Verdict.ShouldBe(ClaimVerdict.Mine);
        one.Log.Claim(SampleAlert.At(0, AlertPhase.Event), TimeSpan.Zero, []).Verdict.ShouldBe(ClaimVerdict.Told);
        one.Log.Claim(SampleAlert.At(1, AlertPhase.Event), CoolDown, []).Verdict.ShouldBe(ClaimVerdict.CoolingDown);
        one.Log.Claim(SampleAlert.At(61, AlertPhase.Event), CoolDown, []).Verdict.ShouldBe(ClaimVerdict.Mine);
    }

    [Fact]
    public void A_restart_knows_what_is_raised()
    {
        using (var first = Open())
        {
            first.Log.Claim(SampleAlert.At(0), CoolDown, []);
            first.Log.Claim(SampleAlert.At(0, rule: "over"), CoolDown, []);
            first.Log.Claim(SampleAlert.At(1, AlertPhase.Cleared, "over"), CoolDown, []);
            first.Log.Claim(SampleAlert.At(2, AlertPhase.Event, "event"), CoolDown, []);
        }

        using var second = Open();
        var raised = second.Log.ReadRaised().ShouldHaveSingleItem();
        raised.ShouldBe(SampleAlert.At(0) with { Figures = raised.Figures });
        raised.Figures.ShouldBe(SampleAlert.At(0).Figures);
    }

    [Fact]
    public void What_a_process_left_unsent_goes_to_one_of_the_others_while_it_is_fresh()
    {
        var dead = Open();
        dead.Log.Claim(SampleAlert.At(-400, id: "alt_stale", subject: "x"), CoolDown, Discord);
        dead.Log.Claim(SampleAlert.At(0), CoolDown, Discord);
        dead.Log.Claim(SampleAlert.At(1, AlertPhase.Cleared), CoolDown, Discord);
        dead.Log.Note(SampleAlert.At(1, AlertPhase.Cleared).Id, new AlertDelivery("discord", DeliveryState.Sent, 1));
        using var b = Open();
        using var c = Open();

        TakenBy(b, 29).ShouldBeEmpty("the process may still be at it");
        clock.Advance(TimeSpan.FromSeconds(31));
        b.Log.Beat(Timestamp.Now(clock));
        c.Log.Beat(Timestamp.Now(clock));
        TakenBy(b, 31).ShouldBe([SampleAlert.At(0).Id]);
        TakenBy(c, 31).ShouldBeEmpty("the other one is at it");
        b.Log.ReadHistory(SampleAlert.At(-1_000).Time, 10).Single(s => s.Alert.Id == "alt_stale").Deliveries.ShouldBe(
            [new AlertDelivery("discord", DeliveryState.Dropped, 0, "its process ended before it was sent")]);
        dead.Dispose();
    }

    [Fact]
    public void A_process_that_ends_in_order_leaves_its_rest_at_once()
    {
        using (var first = Open()) first.Log.Claim(SampleAlert.At(0), CoolDown, Discord);
        using var second = Open();
        TakenBy(second, 0).ShouldBe([SampleAlert.At(0).Id]);
    }

    [Fact]
    public void Old_alerts_are_forgotten_unless_they_are_still_raised()
    {
        using (var first = Open())
        {
            first.Log.Claim(SampleAlert.At(-86_400 * 40), CoolDown, Discord);
            first.Log.Claim(SampleAlert.At(-86_400 * 40, AlertPhase.Event, "event"), CoolDown, Discord);
        }

        using var second = Open();
        second.Log.ReadHistory(Timestamp.MinValue, 10).Select(s => s.Alert.Rule).ShouldBe(["btc-high"]);
    }

    [Fact]
    public void The_history_can_be_read_beside_a_writer_newest_first()
    {
        using var one = Open();
        one.Log.Claim(SampleAlert.At(0), CoolDown, Discord);
        one.Log.Claim(SampleAlert.At(9, AlertPhase.Cleared), CoolDown, Discord);
        AlertLog.Read(folder.Path, SampleAlert.Start, 10).Select(s => s.Alert.Phase).ShouldBe([AlertPhase.Cleared, AlertPhase.Raised]);
        AlertLog.Read(folder.Path, SampleAlert.Start, 1).Count.ShouldBe(1);
    }

    [Fact]
    public void A_file_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "alerts"));
        File.WriteAllText(AlertLog.In(folder.Path), "this is a text of somebody else, and no database at all; it is longer than a header of a hundred bytes is.");
        Should.Throw<StorageException>(Open).Message.ShouldContain("alerts.db");
    }

    private IReadOnlyList<string> TakenBy(Opened one, double second) =>
        [.. one.Log.TakeOver("discord", SampleAlert.Start + TimeSpan.FromSeconds(second), SampleAlert.Start - TimeSpan.FromSeconds(300)).Select(a => a.Id)];

    private Opened Open() => new(AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30)));

    private sealed record Opened(AlertLog Log) : IDisposable
    {
        public void Dispose() => Log.Dispose();
    }
}
