using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;

namespace Mts.Adapters.CoinGecko;

/// <summary>CoinGecko, put together; one per process.</summary>
public sealed class CoinGeckoSource : IDisposable
{
    private readonly ServiceClient service;

    /// <exception cref="ConfigurationException">A setting is wrong; all that are wrong are named.</exception>
    public CoinGeckoSource(CoinGeckoOptions options, HttpOptions http, AssetCatalog assets, TimeProvider clock, Random jitter, ILoggerFactory logs)
    {
        OptionProblems.ThrowIfAny(options.Problems());
        var log = logs.CreateLogger("Mts.Adapters.CoinGecko");
        service = new ServiceClient(options.Service(), http, clock, jitter, log);
        Client = new CoinGeckoClient(service);
        History = new CoinGeckoHistory(Client, options, assets, clock, log);
    }

    public CoinGeckoClient Client { get; }

    public CoinGeckoHistory History { get; }

    public void Dispose() => service.Dispose();
}
