using System.Text.Json;
using Mts.Cli;
using Mts.Cli.CommandLine;
using Mts.Simulator;
using Mts.Storage.Cache;

namespace Mts.IntegrationTests.Cache;

/// <summary>What <c>mts stream</c> leaves in Redis.</summary>
public sealed class StreamedCacheTests : IDisposable
{
    private const string Connection = "session:binance:perp-1";

    private static readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-cached-");
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        error.Dispose();
    }

    [Fact]
    public async Task Connections_say_what_they_follow_and_funding_says_how_often_it_is_due()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken);
        await using var service = CacheService.OverRedis(server.Options, TimeProvider.System, 1);
        var options = new SimulatorOptions { Limits = RateLimits.None };
        await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunAsync(simulator, options, server.Port, stop.Token);

        var first = await UntilAsync(service.Cache, Connection, s => s.GetProperty("subscriptions").GetArrayLength() > 0 && s.GetProperty("last_message").ValueKind == JsonValueKind.Number, running);
        first.GetProperty("state").GetString().ShouldBe("open");
        first.GetProperty("epoch").GetInt32().ShouldBe(1);
        first.GetProperty("subscriptions").EnumerateArray().Select(s => s.GetString()).ShouldBe(["BTC/USDT:USDT depth"]);
        var last = first.GetProperty("last_message").GetInt64();
        await UntilAsync(service.Cache, Connection, s => s.GetProperty("last_message").GetInt64() > last, running);
        foreach (var venue in new[] { "binance", "bybit" })
        {
            (await UntilAsync(service.Cache, $"funding:{venue}:BTC/USDT:USDT", static _ => true, running)).GetProperty("interval_hours").GetDouble().ShouldBe(8);
        }

        await stop.CancelAsync();
        (await running).ShouldBe(ExitCode.Interrupted, error.ToString());
        (await UntilAsync(service.Cache, Connection, static _ => true, running)).GetProperty("state").GetString().ShouldBe("closed");
    }

    private Task<int> RunAsync(SimulatorHost simulator, SimulatorOptions options, int port, CancellationToken stop)
    {
        var variables = SimulatedServices.Variables(simulator, options).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["MTS_HOME"] = Checkout.Root;
        variables["MTS__Cache__Kind"] = "redis";
        variables["MTS__Cache__Url"] = $"redis://127.0.0.1:{port}/0";
        variables["MTS__Cache__CommandTimeout"] = "5s";
        var host = new CliHost { Out = new StringWriter(), Error = error, Variables = variables, CurrentDirectory = folder.FullName, ProgramDirectory = AppContext.BaseDirectory };
        return CliProgram.RunAsync(host, ["stream", "--symbols", "BTC", "--markets", "perp", "--channels", "depth,mark", "--no-journal", "--no-store"], stop);
    }

    private async Task<JsonElement> UntilAsync(ICache cache, string key, Func<JsonElement, bool> isSo, Task<int> running)
    {
        while (true)
        {
            if (await cache.GetAsync(key, cancellationToken) is { } bytes && JsonDocument.Parse(bytes).RootElement is var value && isSo(value)) return value;
            if (running.IsCompleted) Assert.Fail($"{key} was not to be seen: {error}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }
}
