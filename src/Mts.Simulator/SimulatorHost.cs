using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mts.Core;
using Mts.Core.Market;
using Mts.Simulator.Binance;
using Mts.Simulator.Bybit;
using Mts.Simulator.CoinGecko;
using Mts.Simulator.Fred;
using Mts.Simulator.Http;
using Mts.Simulator.Live;
using Mts.Simulator.Macro;
using Mts.Simulator.Model;
using Mts.Simulator.Playback;
using Mts.Simulator.Sockets;

namespace Mts.Simulator;

/// <summary>
/// The simulated services, listening on loopback: one port each. Every port also answers <c>/_sim/ledger</c> with what was served.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly LiveLedger liveLedger;

    private readonly Desk desk;

    private SimulatorHost(WebApplication app, IReadOnlyList<Uri> addresses, Ledger ledger, Desk desk, LiveLedger live)
    {
        (this.app, this.desk) = (app, desk);
        (Ledger, liveLedger) = (ledger, live);
        (BinanceSpot, BinanceUsdm, Bybit) = (addresses[0], addresses[1], addresses[2]);
        (CoinGecko, CoinGeckoPro, Fred) = (addresses[3], addresses[4], addresses[5]);
    }

    /// <summary>Stands for https://api.binance.com.</summary>
    public Uri BinanceSpot { get; }

    /// <summary>Stands for https://fapi.binance.com.</summary>
    public Uri BinanceUsdm { get; }

    /// <summary>Stands for https://api.bybit.com.</summary>
    public Uri Bybit { get; }

    /// <summary>Stands for https://api.coingecko.com; paths are understood with and without <c>/api/v3</c>.</summary>
    public Uri CoinGecko { get; }

    /// <summary>Stands for https://pro-api.coingecko.com, likewise.</summary>
    public Uri CoinGeckoPro { get; }

    /// <summary>Stands for https://api.stlouisfed.org, with and without <c>/fred</c>, and for https://fred.stlouisfed.org/graph.</summary>
    public Uri Fred { get; }

    /// <summary>Stands for wss://stream.binance.com:9443.</summary>
    public Uri BinanceSpotSocket => Socket(BinanceSpot);

    /// <summary>Stands for wss://fstream.binance.com, with <c>/public</c> and <c>/market</c>.</summary>
    public Uri BinanceUsdmSocket => Socket(BinanceUsdm);

    /// <summary>Stands for wss://stream.bybit.com, with <c>/v5/public/spot</c> and <c>/v5/public/linear</c>.</summary>
    public Uri BybitSocket => Socket(Bybit);

    /// <summary>What was served over REST and which faults were fired there.</summary>
    public Ledger Ledger { get; }

    /// <summary>What the sockets and book snapshots did so far.</summary>
    public IReadOnlyList<LiveEntry> LiveEntries => desk.Look<IReadOnlyList<LiveEntry>>(() => [.. liveLedger.Entries]);

    /// <summary>Starts listening; the services answer until the host is disposed.</summary>
    /// <exception cref="ConfigurationException">A port is taken, or the data folder cannot be served.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        if (options.Port is not (0 or (>= 1 and <= 65_530))) throw new ConfigurationException($"the simulator's first port is {options.Port}; give 0 for free ports, or 1 to 65530.");
        var files = options.DataFolder is null ? new Dictionary<string, FileCandles>() : FileCandles.ReadFolder(options.DataFolder);
        options.Live.Validate();
        if (options.PlaybackSpeed is not (>= 0 and <= 1e6)) throw new ConfigurationException($"a playback speed of {options.PlaybackSpeed} makes no sense; give 1 for real time, 10 for ten times as fast, 0 for as fast as possible.");
        var exchange = new Exchange(options.Seed, files);
        var counter = new Desk(options.Clock);
        var live = new LiveLedger { Written = options.LedgerLine is { } line ? e => line(e.ToJson()) : null };
        var services = Services(options, exchange, counter, live);
        var ledger = new Ledger(options.LedgerLine);
        var server = Build(options, services.Count);
        var byPort = new Dictionary<int, IService>();
        var pipeline = new Pipeline(byPort, options, ledger);
        server.Run(pipeline.HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await counter.DisposeAsync();
            await server.DisposeAsync();
            throw new ConfigurationException($"the simulator cannot listen on ports {options.Port} to {options.Port + services.Count - 1}: {e.Message} Choose others with --port, or 0 for free ones.", e);
        }

        var addresses = server.Urls.Select(a => new Uri(a)).ToList();
        for (var i = 0; i < services.Count; i++) byPort[addresses[i].Port] = services[i];
        counter.Start(services.OfType<LiveService>().SelectMany(s => s.Faces));
        return new SimulatorHost(server, addresses, ledger, counter, live);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await desk.DisposeAsync();
    }

    private static List<IService> Services(SimulatorOptions options, Exchange exchange, Desk counter, LiveLedger ledger)
    {
        var start = Timestamp.Now(options.Clock);
        var playback = options.Playback.Count > 0 ? new PlaybackClock(RecordingFile.Read(options.Playback), options.PlaybackSpeed) : null;
        IService spot = new SpotService(exchange, options.Limits);
        IService usdm = new UsdmService(exchange, options.Limits);
        IService bybit = new BybitService(exchange, options.Limits);
        return
        [
            new LiveService(spot, counter, [Face(Venue.BinanceSpot, spot)]),
            new LiveService(usdm, counter, [Face(Venue.BinanceUsdm, usdm)]),
            new LiveService(bybit, counter, [Face(Venue.BybitSpot, bybit), Face(Venue.BybitLinear, bybit)]),
            new LiveService(new CoinGeckoService(exchange, options, isPro: false), counter, []), new LiveService(new CoinGeckoService(exchange, options, isPro: true), counter, []),
            new FredService(new MacroModel(exchange.Weather, options.Seed), options),
        ];

        ILiveFace Face(Venue venue, IService rest) => new SimulatedVenue(venue, options, start, counter, exchange, rest, ledger, playback is null ? null : new Player(venue, playback, () => counter.IsCongested));
    }

    private static Uri Socket(Uri address) => new UriBuilder(address) { Scheme = "ws" }.Uri;

    private static WebApplication Build(SimulatorOptions options, int count)
    {
        // Empty: no environment variable or settings file of the machine has a say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            for (var i = 0; i < count; i++) kestrel.Listen(IPAddress.Loopback, options.Port == 0 ? 0 : options.Port + i, l => l.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, ForeignLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }
}
