using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Http;

namespace Mts.IntegrationTests.Adapters;

/// <summary>A service on a loopback port that answers its n-th request as told, and a client for it.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly WebApplication app;
    private int requests;

    private LocalService(WebApplication app, HttpOptions options)
    {
        this.app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new Uri(address);
        var service = new ServiceOptions { Name = "local", BaseAddress = Address, Budget = new RateBudget { Weight = 1_000 } };
        Client = new ServiceClient(service, options, TimeProvider.System, new Random(1), NullLogger.Instance);
    }

    public ServiceClient Client { get; }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref requests);

    /// <param name="options">Of the client.</param>
    /// <param name="answer">Takes the request's number, from 1, and the request.</param>
    public static async Task<LocalService> StartAsync(HttpOptions options, Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        LocalService? service = null;
        host.Run(context => answer(Interlocked.Increment(ref service!.requests), context));
        await host.StartAsync(TestContext.Current.CancellationToken);
        return service = new LocalService(host, options);
    }

    public Task<ServiceResponse> GetAsync() => Client.GetAsync("/thing", [], 1, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
