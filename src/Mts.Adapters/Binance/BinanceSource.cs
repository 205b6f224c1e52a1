using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;
using Mts.Core.Feeds;
using Mts.Core.Ports;

namespace Mts.Adapters.Binance;

/// <summary>Binance, ready to be asked; one per process, because it holds the budgets of its hosts.</summary>
public sealed class BinanceSource : IDisposable
{
    private readonly ServiceClient spotClient;
    private readonly ServiceClient usdmClient;

    /// <param name="options">The venue's settings.</param>
    /// <param name="http">The settings of all hosts.</param>
    /// <param name="clock">Every wait and the age of readings of the venue's clock run on it.</param>
    /// <param name="jitter">Spreads the retries.</param>
    /// <param name="logs">Retries, pauses and bans.</param>
    /// <param name="handler">Replaces the pooled connections, in tests.</param>
    /// <exception cref="ConfigurationException">A setting is out of its range; all that are, are named.</exception>
    public BinanceSource(
        BinanceOptions options, HttpOptions http, TimeProvider clock, Random jitter, ILoggerFactory logs, HttpMessageHandler? handler = null)
    {
        OptionProblems.ThrowIfAny(options.Problems());
        var log = logs.CreateLogger("Mts.Adapters.Binance");
        spotClient = new ServiceClient(Host("binance", options.Spot), http, clock, jitter, log, handler);
        usdmClient = new ServiceClient(Host("binance-usdm", options.Usdm), http, clock, jitter, log, handler);
        (Spot, Usdm) = (new BinanceMarket(options.Spot, spotClient, clock), new BinanceMarket(options.Usdm, usdmClient, clock));
        var history = new BinanceHistory(Spot, Usdm);
        (Bars, Funding, Instruments, Fetch) = (history, history, new BinanceDirectory(Spot, Usdm), new BinanceFetch(Spot, Usdm));
    }

    public IBarHistory Bars { get; }

    public IFundingHistory Funding { get; }

    public IInstrumentDirectory Instruments { get; }

    /// <summary>What the streams need beside themselves, spot and perpetual.</summary>
    public IVenueFetch Fetch { get; }

    /// <summary>Books and trades of spot pairs; also the probe <c>binance</c>.</summary>
    public BinanceMarket Spot { get; }

    /// <summary>Books, trades and mark prices of perpetuals; also the probe <c>binance-usdm</c>.</summary>
    public BinanceMarket Usdm { get; }

    public void Dispose()
    {
        spotClient.Dispose();
        usdmClient.Dispose();
    }

    private static ServiceOptions Host(string name, BinanceMarketOptions options) => new()
    {
        Name = name,
        BaseAddress = options.BaseAddress,
        Budget = options.Budget,
        ExtraBudgets = options.Funding is { } funding
            ? new Dictionary<string, RateBudget>(StringComparer.Ordinal) { [BinanceMarket.FundingBudget] = funding.Budget }
            : [],
        Faults = BinanceFaults.Read,
        UsedWeightHeaders = ["X-MBX-USED-WEIGHT-1M", "X-MBX-USED-WEIGHT"],
    };
}
