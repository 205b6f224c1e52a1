using Mts.Storage.Cache;
using Mts.UnitTests.Storage.Cache;

namespace Mts.IntegrationTests.Cache;

public sealed class RedisCacheTests : CacheContract, IAsyncLifetime
{
    private RedisServer server = null!;
    private CacheService service = null!;

    protected override ICache Cache => service.Cache;

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

    // The server waits, by its own clock, for a list that nobody fills.
    protected override async Task PassAsync(TimeSpan span) =>
        await server.AskAsync(Cancellation, "BLPOP", "nobody", FormattableString.Invariant($"{span.TotalSeconds}"));
}
