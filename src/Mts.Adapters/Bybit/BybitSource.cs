using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;
using Mts.Core.Feeds;
using Mts.Core.Ports;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit, ready to be asked; one per process, because it holds the host's budget.</summary>
public sealed class BybitSource : IDisposable
{
    private readonly ServiceClient client;

    /// <param name="options">The venue's settings.</param>
    /// <param name="http">The settings of all hosts.</param>
    /// <param name="clock">Every wait and the age of readings of the venue's clock run on it.</param>
    /// <param name="jitter">Spreads the retries.</param>
    /// <param name="logs">Retries, pauses and bans.</param>
    /// <param name="handler">Replaces the pooled connections, in tests.</param>
    /// <exception cref="ConfigurationException">A setting is out of its range; all that are, are named.</exception>
    public BybitSource(
        BybitOptions options, HttpOptions http, TimeProvider clock, Random jitter, ILoggerFactory logs, HttpMessageHandler? handler = null)
    {
        OptionProblems.ThrowIfAny(options.Problems());
        var log = logs.CreateLogger("Mts.Adapters.Bybit");
        client = new ServiceClient(Host(options), http, clock, jitter, log, handler);
        Market = new BybitMarket(options, client, clock);
        var history = new BybitHistory(Market);
        (Bars, Funding, Instruments, Fetch) = (history, history, new BybitDirectory(Market), new BybitFetch(Market));
    }

    public IBarHistory Bars { get; }

    public IFundingHistory Funding { get; }

    public IInstrumentDirectory Instruments { get; }

    /// <summary>What the streams need beside themselves, spot and perpetual.</summary>
    public IVenueFetch Fetch { get; }

    /// <summary>Books, tickers and mark prices; also the probe <c>bybit</c>.</summary>
    public BybitMarket Market { get; }

    public void Dispose() => client.Dispose();

    private static ServiceOptions Host(BybitOptions options) => new()
    {
        Name = "bybit",
        BaseAddress = options.BaseAddress,
        Budget = options.Budget,
        BanDuration = options.BanDuration,
        Faults = BybitFaults.Read,
        FaultHeaders = [BybitFaults.ResetHeader],
    };
}
