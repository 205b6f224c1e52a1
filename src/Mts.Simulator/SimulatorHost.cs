using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mts.Core;
using Mts.Simulator.Binance;
using Mts.Simulator.Bybit;
using Mts.Simulator.CoinGecko;
using Mts.Simulator.Fred;
using Mts.Simulator.Http;
using Mts.Simulator.Macro;
using Mts.Simulator.Model;

namespace Mts.Simulator;

/// <summary>
/// The simulated services, listening on loopback: one port each. Every port also answers <c>/_sim/ledger</c> with what was served.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SimulatorHost(WebApplication app, IReadOnlyList<Uri> addresses, Ledger ledger)
    {
        this.app = app;
        Ledger = ledger;
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

    /// <summary>What was served and which faults were fired.</summary>
    public Ledger Ledger { get; }

    /// <summary>Starts listening; the services answer until the host is disposed.</summary>
    /// <exception cref="ConfigurationException">A port is taken, or the data folder cannot be served.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        if (options.Port is not (0 or (>= 1 and <= 65_530))) throw new ConfigurationException($"the simulator's first port is {options.Port}; give 0 for free ports, or 1 to 65530.");
        var files = options.DataFolder is null ? new Dictionary<string, FileCandles>() : FileCandles.ReadFolder(options.DataFolder);
        var exchange = new Exchange(options.Seed, files);
        IReadOnlyList<IService> services =
        [
            new SpotService(exchange, options.Limits), new UsdmService(exchange, options.Limits), new BybitService(exchange, options.Limits),
            new CoinGeckoService(exchange, options, isPro: false), new CoinGeckoService(exchange, options, isPro: true),
            new FredService(new MacroModel(exchange.Weather, options.Seed), options),
        ];
        var ledger = new Ledger();
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
            await server.DisposeAsync();
            throw new ConfigurationException($"the simulator cannot listen on ports {options.Port} to {options.Port + services.Count - 1}: {e.Message} Choose others with --port, or 0 for free ones.", e);
        }

        var addresses = server.Urls.Select(a => new Uri(a)).ToList();
        for (var i = 0; i < services.Count; i++) byPort[addresses[i].Port] = services[i];
        return new SimulatorHost(server, addresses, ledger);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

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
