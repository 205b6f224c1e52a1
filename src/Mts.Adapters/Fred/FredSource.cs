using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;

namespace Mts.Adapters.Fred;

/// <summary>FRED, put together; one per process.</summary>
public sealed class FredSource : IDisposable
{
    private readonly ServiceClient service;

    /// <exception cref="ConfigurationException">A setting is wrong; all that are wrong are named.</exception>
    public FredSource(FredOptions options, HttpOptions http, TimeProvider clock, Random jitter, ILoggerFactory logs)
    {
        OptionProblems.ThrowIfAny(options.Problems());
        service = new ServiceClient(options.Service(), http, clock, jitter, logs.CreateLogger("Mts.Adapters.Fred"));
        Client = new FredClient(service, options);
        History = new FredHistory(Client, options, clock);
    }

    public FredClient Client { get; }

    public FredHistory History { get; }

    public void Dispose() => service.Dispose();
}
