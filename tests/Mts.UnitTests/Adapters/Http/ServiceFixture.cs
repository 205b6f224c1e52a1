using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Http;

namespace Mts.UnitTests.Adapters.Http;

/// <summary>A client over a scripted service on virtual time.</summary>
internal sealed class ServiceFixture : IDisposable
{
    public ServiceFixture(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script)
    {
        Handler = new ScriptedHandler(Clock, script);
        Client = new Lazy<ServiceClient>(() => new ServiceClient(Service, Options, Clock, new Random(1), NullLogger.Instance, Handler));
    }

    public ManualTimeProvider Clock { get; } = new();

    public ScriptedHandler Handler { get; }

    public HttpOptions Options { get; set; } = new();

    public ServiceOptions Service { get; set; } = new()
    {
        Name = "venue",
        BaseAddress = new Uri("https://venue.example/api"),
        Budget = new RateBudget { Weight = 1_000 },
    };

    public Lazy<ServiceClient> Client { get; }

    public Task<ServiceResponse> GetAsync(int weight = 1) =>
        Clock.RunAsync(() => Client.Value.GetAsync("/thing", [("symbol", "BTC/USDT")], weight, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    public async Task<T> FailsAsync<T>()
        where T : Exception => await Should.ThrowAsync<T>(() => GetAsync());

    public void Dispose()
    {
        if (Client.IsValueCreated) Client.Value.Dispose();
        Handler.Dispose();
    }
}
