using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

public sealed class DestinationTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new(SampleAlert.Start.ToDateTimeOffset());
    private readonly AlertLog log;
    private readonly AlertCounts counts = new();
    private readonly List<ComponentStateSeen> states = [];
    private readonly List<Alert> alerts = [];

    public DestinationTests() => log = AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30));

    private static DateTimeOffset Start => SampleAlert.Start.ToDateTimeOffset();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Tries_again_after_the_time_that_the_service_asks_for()
    {
        var service = new FakeNotifier("discord", clock, new NotifyResult.Later("429", TimeSpan.FromSeconds(64.57)));
        await DeliverAsync(service, SampleAlert.At(0));
        service.Tries.Select(t => (t.Time - Start).TotalSeconds).ShouldBe([0, 64.57]);
        Delivery(0).ShouldBe(new AlertDelivery("discord", DeliveryState.Sent, 2));
    }

    [Fact]
    public async Task Doubles_its_own_wait_where_the_service_does_not_say()
    {
        var service = new FakeNotifier("slack", clock, new NotifyResult.Later("500"), new NotifyResult.Later("500"), new NotifyResult.Later("500"));
        await DeliverAsync(service, SampleAlert.At(0));
        // 1 s, 2 s, 4 s.
        service.Tries.Select(t => (t.Time - Start).TotalSeconds).ShouldBe([0, 1, 3, 7]);
    }

    [Fact]
    public async Task Drops_an_alert_that_would_be_too_old_and_still_keeps_the_wait()
    {
        var service = new FakeNotifier("discord", clock, new NotifyResult.Later("429", TimeSpan.FromSeconds(301)));
        await DeliverAsync(service, SampleAlert.At(0), SampleAlert.At(290, AlertPhase.Cleared));
        service.Tries.Select(t => (t.Time - Start).TotalSeconds).ShouldBe([0, 301]);
        Delivery(0).State.ShouldBe(DeliveryState.Dropped);
        Delivery(1).State.ShouldBe(DeliveryState.Sent);
        counts["discord.dropped"].ShouldBe(1);
    }

    [Fact]
    public async Task Does_not_send_what_is_already_too_old()
    {
        var service = new FakeNotifier("discord", clock);
        await DeliverAsync(service, SampleAlert.At(-301), SampleAlert.At(-299, AlertPhase.Cleared));
        service.Taken.ShouldBe([SampleAlert.At(-299, AlertPhase.Cleared).Id]);
    }

    [Fact]
    public async Task A_refused_message_is_not_tried_again_and_the_next_one_is()
    {
        var service = new FakeNotifier("discord", clock, new NotifyResult.Refused("400: too long"));
        await DeliverAsync(service, SampleAlert.At(0), SampleAlert.At(1, AlertPhase.Cleared));
        service.Tries.Count.ShouldBe(2);
        Delivery(0).ShouldBe(new AlertDelivery("discord", DeliveryState.Failed, 1, "400: too long"));
    }

    [Fact]
    public async Task A_closed_destination_is_asked_no_more_and_is_reported()
    {
        var service = new FakeNotifier("discord", clock, new NotifyResult.Closed("404: unknown webhook"));
        await DeliverAsync(service, SampleAlert.At(0), SampleAlert.At(1, AlertPhase.Cleared));
        service.Tries.Count.ShouldBe(1);
        Delivery(1).ShouldBe(new AlertDelivery("discord", DeliveryState.Failed, 0, "404: unknown webhook"));
        states.ShouldBe([new ComponentStateSeen("channel/discord", ComponentHealth.Down, "404: unknown webhook", SampleAlert.Start)]);
    }

    [Fact]
    public async Task Keeps_the_pause_that_the_service_wants_between_messages()
    {
        var service = new FakeNotifier("telegram", clock, new NotifyResult.Delivered(TimeSpan.FromSeconds(3)), new NotifyResult.Delivered(TimeSpan.FromSeconds(3)));
        await DeliverAsync(service, SampleAlert.At(0), SampleAlert.At(1, AlertPhase.Cleared));
        service.Tries.Select(t => (t.Time - Start).TotalSeconds).ShouldBe([0, 3]);
    }

    [Fact]
    public void A_full_queue_loses_its_oldest_and_never_waits()
    {
        var destination = Destination(new FakeNotifier("discord", clock), queue: 2);
        foreach (var alert in new[] { SampleAlert.At(0), SampleAlert.At(1, AlertPhase.Cleared), SampleAlert.At(2) }) Enqueue(destination, alert);
        Delivery(0).State.ShouldBe(DeliveryState.Dropped);
        Delivery(0).Reason.ShouldBe("pushed out of a full queue (alerts.queueLength)");
        Delivery(1).State.ShouldBe(DeliveryState.Pending);
        Delivery(2).State.ShouldBe(DeliveryState.Pending);
    }

    [Fact]
    public async Task A_slow_destination_does_not_hold_up_another()
    {
        var slow = new FakeNotifier("slack", clock) { Hold = new TaskCompletionSource() };
        var quick = new FakeNotifier("discord", clock);
        var context = Context(10);
        var dispatcher = new AlertDispatcher([new Destination(slow, context), new Destination(quick, context)]);
        for (var i = 0; i < 5; i++) dispatcher.Enqueue(SampleAlert.At(i), ["slack", "discord"]);
        dispatcher.Complete();
        var all = dispatcher.RunAsync(Cancellation);
        quick.Taken.Count.ShouldBe(5);
        slow.Taken.ShouldBeEmpty();
        slow.Hold.SetResult();
        await all;
        slow.Taken.Count.ShouldBe(5);
    }

    private async Task DeliverAsync(FakeNotifier service, params IReadOnlyList<Alert> some)
    {
        var destination = Destination(service, 100);
        foreach (var alert in some) Enqueue(destination, alert);
        destination.Complete();
        await clock.RunAsync(async () =>
        {
            await destination.RunAsync(Cancellation);
            return 0;
        }, Cancellation);
    }

    private void Enqueue(Destination destination, Alert alert)
    {
        log.Claim(alert, TimeSpan.Zero, [new AlertDelivery(destination.Channel, DeliveryState.Pending)]).Verdict.ShouldBe(ClaimVerdict.Mine);
        alerts.Add(alert);
        destination.Enqueue(alert);
    }

    private AlertDelivery Delivery(int alert) => log.ReadHistory(Timestamp.MinValue, 100).Single(s => s.Alert.Id == alerts[alert].Id).Deliveries.ShouldHaveSingleItem();

    private Destination Destination(FakeNotifier service, int queue) => new(service, Context(queue));

    private DeliveryContext Context(int queue) => new(new AlertOptions { QueueLength = queue }, log, counts, clock, NullLogger.Instance, states.Add);
}

