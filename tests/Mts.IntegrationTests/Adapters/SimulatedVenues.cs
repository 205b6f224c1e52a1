using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Adapters.Http;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Adapters;

/// <summary>The simulator at a moment that stands still, and both venues' adapters asking it with the repository's own settings.</summary>
internal sealed class SimulatedVenues : IAsyncDisposable
{
    /// <summary>2026-03-01T12:00:10Z; only the venues' clock stands, waits are real.</summary>
    public static readonly Timestamp Now = Timestamp.Parse("2026-03-01T12:00:10Z");

    private static readonly string Config = Path.Combine(Root(AppContext.BaseDirectory), "config", "exchanges");

    private SimulatedVenues(SimulatorHost host, Func<BinanceOptions, BinanceOptions>? change)
    {
        Host = host;
        var http = new HttpOptions { Retries = 10, RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(10), BreakerFailures = 100 };
        var binance = BinanceOptions.Read(Path.Combine(Config, "binance.json"));
        binance = binance with { Spot = binance.Spot with { BaseAddress = host.BinanceSpot }, Usdm = binance.Usdm with { BaseAddress = host.BinanceUsdm } };
        Binance = new BinanceSource(change?.Invoke(binance) ?? binance, http, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        var bybit = BybitOptions.Read(Path.Combine(Config, "bybit.json")) with { BaseAddress = host.Bybit };
        Bybit = new BybitSource(bybit, http, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
    }

    public SimulatorHost Host { get; }

    public BinanceSource Binance { get; }

    public BybitSource Bybit { get; }

    public static async Task<SimulatedVenues> StartAsync(
        CancellationToken cancellationToken, string faults = "", Func<BinanceOptions, BinanceOptions>? change = null, RateLimits? limits = null)
    {
        var options = new SimulatorOptions { Seed = 7, Clock = new StandingClock(), Faults = FaultPlan.Parse(faults), Limits = limits ?? RateLimits.Published };
        return new SimulatedVenues(await SimulatorHost.StartAsync(options, cancellationToken), change);
    }

    public async ValueTask DisposeAsync()
    {
        Binance.Dispose();
        Bybit.Dispose();
        await Host.DisposeAsync();
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Mts.slnx")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside a checkout."));

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }
}
