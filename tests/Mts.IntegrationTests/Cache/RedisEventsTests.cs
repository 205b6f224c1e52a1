using Mts.Storage.Cache;
using Mts.UnitTests.Storage.Cache;

namespace Mts.IntegrationTests.Cache;

public sealed class RedisEventsTests : EventsContract, IAsyncLifetime
{
    private RedisServer server = null!;
    private CacheService service = null!;

    protected override IEvents Events => service.Events;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartAsync(Cancellation);
        service = CacheService.OverRedis(server.Options, TimeProvider.System, 1);
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null) await service.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_subscription_is_renewed_when_the_server_was_killed_and_knows_that_it_was_interrupted()
    {
        await using var exact = await Events.SubscribeAsync("channel", Cancellation);
        await using var pattern = await Events.SubscribeAsync("chan*", Cancellation);
        await Events.PublishAsync([Message("channel", "before")], Cancellation);
        (await TakeAsync(exact, 1)).ShouldBe(["channel before"]);
        (await TakeAsync(pattern, 1)).ShouldBe(["channel before"]);

        server.Kill();
        await server.StartAgainAsync(Cancellation);
        await RenewedAsync(2);
        await Events.PublishAsync([Message("channel", "after")], Cancellation);

        (await TakeAsync(exact, 1)).ShouldBe(["channel after"]);
        (await TakeAsync(pattern, 1)).ShouldBe(["channel after"]);
        exact.Interruptions.ShouldBe(1);
        pattern.Interruptions.ShouldBe(1);
    }

    [Fact]
    public async Task A_hanging_server_is_found_by_a_ping_and_the_subscription_renewed()
    {
        await using var listener = await Events.SubscribeAsync("channel", Cancellation);
        await server.FreezeAsync(Cancellation);
        await Until.HoldsAsync(() => listener.Interruptions > 0, Cancellation);
        await server.ThawAsync(Cancellation);
        await RenewedAsync(1);
        await Events.PublishAsync([Message("channel", "after")], Cancellation);

        (await TakeAsync(listener, 1)).ShouldBe(["channel after"]);
    }

    [Fact]
    public async Task A_subscription_made_while_the_server_is_away_comes_into_force_when_it_returns()
    {
        server.Kill();
        var waiting = Events.SubscribeAsync("channel", Cancellation).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await server.StartAgainAsync(Cancellation);

        await using var listener = await waiting;
        await Events.PublishAsync([Message("channel", "heard")], Cancellation);
        (await TakeAsync(listener, 1)).ShouldBe(["channel heard"]);
        listener.Interruptions.ShouldBe(0);
    }

    [Fact]
    public async Task A_channel_that_the_user_may_not_hear_is_refused_and_the_others_go_on()
    {
        await server.AskAsync(Cancellation, "ACL", "SETUSER", "reader", "on", ">secret", "+@all", "~*", "resetchannels", "&events:*");
        await using var narrow = CacheService.OverRedis(RedisServer.Patient($"redis://reader:secret@127.0.0.1:{server.Port}"), TimeProvider.System, 2);
        await using var allowed = await narrow.Events.SubscribeAsync("events:a", Cancellation);

        var refused = await Should.ThrowAsync<ApiException>(async () => await narrow.Events.SubscribeAsync("private", Cancellation));
        refused.Message.ShouldContain("NOPERM");
        await Events.PublishAsync([Message("events:a", "heard")], Cancellation);
        (await TakeAsync(allowed, 1)).ShouldBe(["events:a heard"]);
    }

    // The publisher's connection is another one: it may be back before the listener's.
    private Task RenewedAsync(int subscriptions) => Until.HoldsAsync(
        async () =>
        {
            var exact = (await server.AskAsync(Cancellation, "PUBSUB", "NUMSUB", "channel")).Items![1].Number;
            var patterns = (await server.AskAsync(Cancellation, "PUBSUB", "NUMPAT")).Number;
            return exact + patterns == subscriptions;
        },
        Cancellation);
}
