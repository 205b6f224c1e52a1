using System.Text;
using Mts.Core.Ports;

namespace Mts.UnitTests.Storage.Cache;

/// <summary>What everything that carries events must do.</summary>
public abstract class EventsContract
{
    protected abstract IEvents Events { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_hears_its_channel_in_order_and_no_other()
    {
        await using var prices = await Events.SubscribeAsync("events:price", Cancellation);
        await using var signals = await Events.SubscribeAsync("events:signal", Cancellation);
        await Events.PublishAsync([.. Enumerable.Range(0, 1_000).Select(i => Message(i % 2 == 0 ? "events:price" : "events:signal", $"{i}"))], Cancellation);

        (await TakeAsync(prices, 500)).ShouldBe(Enumerable.Range(0, 500).Select(i => $"events:price {2 * i}"));
        (await TakeAsync(signals, 500)).ShouldBe(Enumerable.Range(0, 500).Select(i => $"events:signal {(2 * i) + 1}"));
        prices.Dropped.ShouldBe(0);
        prices.Interruptions.ShouldBe(0);
    }

    [Fact]
    public async Task A_beginning_with_a_star_hears_every_channel_that_begins_so_and_takes_other_signs_as_they_are()
    {
        await using var all = await Events.SubscribeAsync("events:[a]?:*", Cancellation);
        await Events.PublishAsync([Message("events:a?:1", "no"), Message("events:[a]?:", "empty"), Message("events:[a]x:1", "no"), Message("events:[a]?:b:c", "long")], Cancellation);

        (await TakeAsync(all, 2)).ShouldBe(["events:[a]?: empty", "events:[a]?:b:c long"]);
    }

    [Fact]
    public async Task Two_listeners_of_a_channel_both_hear_it_and_one_may_go()
    {
        var first = await Events.SubscribeAsync("channel", Cancellation);
        await using var second = await Events.SubscribeAsync("channel", Cancellation);
        await using var third = await Events.SubscribeAsync("chan*", Cancellation);
        await Events.PublishAsync([Message("channel", "1")], Cancellation);
        (await TakeAsync(first, 1)).ShouldBe(["channel 1"]);
        await first.DisposeAsync();
        await Events.PublishAsync([Message("channel", "2")], Cancellation);

        (await TakeAsync(second, 2)).ShouldBe(["channel 1", "channel 2"]);
        (await TakeAsync(third, 2)).ShouldBe(["channel 1", "channel 2"]);
        (await TakeAsync(first, 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listener_that_does_not_read_loses_the_oldest_and_knows_how_many()
    {
        await using var slow = await Events.SubscribeAsync("fast", Cancellation);
        await using var end = await Events.SubscribeAsync("end", Cancellation);
        await Events.PublishAsync([.. Enumerable.Range(0, 10_000).Select(i => Message("fast", $"{i}")), Message("end", "")], Cancellation);
        await TakeAsync(end, 1);

        var heard = await TakeAsync(slow, 4_096);
        slow.Dropped.ShouldBe(10_000 - 4_096);
        heard[0].ShouldBe("fast 5904");
        heard[^1].ShouldBe("fast 9999");
    }

    [Fact]
    public async Task Nobody_listening_is_no_fault_and_nothing_is_kept()
    {
        await Events.PublishAsync([Message("later", "lost")], Cancellation);
        await using var late = await Events.SubscribeAsync("later", Cancellation);
        await Events.PublishAsync([Message("later", "heard")], Cancellation);

        (await TakeAsync(late, 1)).ShouldBe(["later heard"]);
    }

    [Fact]
    public async Task A_star_in_the_middle_is_a_bug() =>
        await Should.ThrowAsync<ArgumentException>(async () => await Events.SubscribeAsync("events:*:price", Cancellation));

    protected static EventMessage Message(string channel, string text) => new(channel, Encoding.UTF8.GetBytes(text));

    /// <summary>The next messages as <c>channel text</c>; fewer where the subscription ends.</summary>
    protected static async Task<List<string>> TakeAsync(ISubscription subscription, int count)
    {
        var taken = new List<string>();
        await foreach (var message in subscription.ReadAsync(Cancellation))
        {
            taken.Add($"{message.Channel} {Encoding.UTF8.GetString(message.Payload.Span)}");
            if (taken.Count == count) break;
        }

        return taken;
    }
}
