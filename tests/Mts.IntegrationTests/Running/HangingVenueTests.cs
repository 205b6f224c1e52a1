using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Mts.Cli;
using Mts.Cli.CommandLine;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Running;

/// <summary>One venue takes connections and never answers; the other is as always.</summary>
public sealed class HangingVenueTests : IDisposable
{
    private const int Speed = 8;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-hangs-");
    private readonly TcpListener hanging = new(IPAddress.Loopback, 0);

    public HangingVenueTests() => hanging.Start(100);

    public void Dispose()
    {
        hanging.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_venue_that_hangs_at_the_start_does_not_hold_up_the_others()
    {
        var clock = new FastClock(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero), TimeProvider.System.GetUtcNow(), Speed);
        var options = new SimulatorOptions { Seed = 3, Clock = clock, Limits = RateLimits.None, Live = new Mts.Simulator.Live.LiveOptions { Rate = 5, Symbols = ["BTCUSDT"] } };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        variables["MTS__Sources__Binance__SpotAddress"] = $"http://{hanging.LocalEndpoint}/";
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = output, Error = error, Variables = variables, CurrentDirectory = folder.FullName, ProgramDirectory = AppContext.BaseDirectory, Clock = clock };

        (await CliProgram.RunAsync(host, ["stream", "--markets", "spot", "--symbols", "BTC", "--duration", "60s", "--json"], TestContext.Current.CancellationToken)).ShouldBe(0, error.ToString());

        error.ToString().ShouldContain("the markets of binance could not be checked: it has not told them within 15 s; the session begins all the same.");
        using var report = JsonDocument.Parse(output.ToString());
        report.RootElement.GetProperty("books").EnumerateArray().Single(b => b.GetProperty("venue").GetString() == "bybit").GetProperty("state").GetString().ShouldBe("VALID");
    }
}
