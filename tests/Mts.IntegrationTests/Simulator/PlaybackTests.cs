using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Mts.Core;
using Mts.Simulator;
using Mts.Simulator.Live;

namespace Mts.IntegrationTests.Simulator;

public sealed class PlaybackTests : IDisposable
{
    private static readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-playback");

    [Fact]
    public async Task Recorded_frames_come_byte_for_byte_and_the_snapshot_over_rest()
    {
        var file = Path.Combine(folder.FullName, "spot.gz");
        string[] frames =
        [
            """{"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000100,"s":"ABCUSDT","U":11,"u":12,"b":[["1.50000000","2.00000000"]],"a":[]}}""",
            """{"stream":"abcusdt@trade","data":{"e":"trade","E":1700000000150,"s":"ABCUSDT","t":5,"p":"1.50000000","q":"1.00000000","T":1700000000149,"m":true,"M":true}}""",
            """{"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000200,"s":"ABCUSDT","U":13,"u":13,"b":[],"a":[["1.60000000","0.00000000"]]}}""",
        ];
        const string Snapshot = """{"lastUpdateId":12,"bids":[["1.50000000","2.00000000"]],"asks":[["1.60000000","3.00000000"],["1.70000000","1.00000000"]]}""";
        await using (var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionMode.Compress), Encoding.UTF8))
        {
            await writer.WriteLineAsync($"1700000000100000000 {frames[0]}\n1700000000150000000 {frames[1]}\n1700000000160000000 {Snapshot}\n1700000000200000000 {frames[2]}");
        }

        await using var sim = await StartAsync(file);
        using var http = new HttpClient();
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/stream?streams=abcusdt@depth@100ms/abcusdt@trade", cancellationToken);
        (await DepthAsync(http, sim)).ShouldBe((12, 2));
        foreach (var frame in frames) (await socket.HearTextAsync(cancellationToken)).ShouldBe(frame);
        (await DepthAsync(http, sim)).ShouldBe((13, 1));
        // The venue's clock is that of the recording.
        using var time = JsonDocument.Parse(await http.GetStringAsync(new Uri(sim.BinanceSpot, "/api/v3/time"), cancellationToken));
        time.RootElement.GetProperty("serverTime").GetInt64().ShouldBeInRange(1_700_000_000_200, 1_700_000_600_000);
    }

    [Fact]
    public async Task Captured_sessions_play_on_the_venues_own_path()
    {
        var file = Path.Combine(folder.FullName, "bybit.jsonl");
        const string Book = """{"topic":"orderbook.50.ABCUSDT","type":"snapshot","ts":1700000000100,"data":{"s":"ABCUSDT","b":[["1.5","2"]],"a":[["1.6","3"]],"u":7,"seq":70},"cts":1700000000099}""";
        const string Delta = """{"topic":"orderbook.50.ABCUSDT","type":"delta","ts":1700000000200,"data":{"s":"ABCUSDT","b":[],"a":[["1.6","0"],["1.7","1"]],"u":8,"seq":71},"cts":1700000000199}""";
        await File.WriteAllLinesAsync(file,
        [
            """{"t":"connect","conn":"a","ts":1700000000.0,"addr":"wss://stream.bybit.com/v5/public/linear"}""",
            $$"""{"t":"recv","conn":"a","ts":1700000000.1,"data":{{JsonSerializer.Serialize(Book)}}}""",
            $$"""{"t":"recv","conn":"a","ts":1700000000.2,"data":{{JsonSerializer.Serialize(Delta)}}}""",
        ], cancellationToken);
        await using var sim = await StartAsync(file);
        using var socket = await LiveSocket.OpenAsync(sim.BybitSocket, "/v5/public/linear", cancellationToken);
        await socket.SayAsync("""{"op":"subscribe","args":["orderbook.50.ABCUSDT"]}""", cancellationToken);
        (await socket.HearAsync("success", cancellationToken)).GetProperty("success").GetBoolean().ShouldBeTrue();
        (await socket.HearTextAsync(cancellationToken)).ShouldBe(Book);
        (await socket.HearTextAsync(cancellationToken)).ShouldBe(Delta);

        // Who comes late gets the book as it is by now.
        using var late = await LiveSocket.OpenAsync(sim.BybitSocket, "/v5/public/linear", cancellationToken);
        await late.SayAsync("""{"op":"subscribe","args":["orderbook.50.ABCUSDT"]}""", cancellationToken);
        var data = (await late.HearAsync("topic", cancellationToken)).GetProperty("data");
        data.GetProperty("u").GetInt64().ShouldBe(8);
        data.GetProperty("a").GetRawText().ShouldBe("""[["1.7","1"]]""");

        using var http = new HttpClient();
        using var rest = JsonDocument.Parse(await http.GetStringAsync(new Uri(sim.Bybit, "/v5/market/orderbook?category=linear&symbol=ABCUSDT&limit=50"), cancellationToken));
        rest.RootElement.GetProperty("result").GetProperty("a").GetRawText().ShouldBe("""[["1.7","1"]]""");

        await late.SayAsync("""{"op":"subscribe","args":["orderbook.50.XYZUSDT"]}""", cancellationToken);
        (await late.HearAsync("success", cancellationToken)).GetProperty("ret_msg").GetString().ShouldBe("error:handler not found,topic:orderbook.50.XYZUSDT");
    }

    [Fact]
    public async Task A_real_recording_is_played_whole_and_in_order()
    {
        var recordings = Environment.GetEnvironmentVariable("MTS_RECORDINGS") ?? "";
        if (recordings.Length == 0) Assert.Skip("MTS_RECORDINGS names no folder of recordings.");
        await using var sim = await SimulatorHost.StartAsync(
            new SimulatorOptions { Playback = [Path.Combine(recordings, "binance", "hft_spot_btcusdt_20240808.gz")], PlaybackSpeed = 0 }, cancellationToken);
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade", cancellationToken);
        var counts = new Dictionary<string, int>();
        long last = 0;
        // As many messages as the README of the recordings counts: 3,451 depth, 28,040 bookTicker, 9,757 trade.
        for (var i = 0; i < 3_451 + 28_040 + 9_757; i++)
        {
            var message = (await socket.HearAsync(cancellationToken)).ShouldNotBeNull();
            var stream = message.GetProperty("stream").GetString()!;
            counts[stream] = counts.GetValueOrDefault(stream) + 1;
            if (stream != "btcusdt@depth@100ms") continue;
            var data = message.GetProperty("data");
            if (last > 0) data.GetProperty("U").GetInt64().ShouldBe(last + 1);
            last = data.GetProperty("u").GetInt64();
        }

        counts.ShouldBe(new Dictionary<string, int> { ["btcusdt@depth@100ms"] = 3_451, ["btcusdt@bookTicker"] = 28_040, ["btcusdt@trade"] = 9_757 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_that_is_no_recording_is_named()
    {
        var file = Path.Combine(folder.FullName, "nothing.txt");
        await File.WriteAllTextAsync(file, "no recording at all\n", cancellationToken);
        (await Should.ThrowAsync<ConfigurationException>(() => StartAsync(file))).Message.ShouldContain("nothing.txt");
        (await Should.ThrowAsync<ConfigurationException>(() => StartAsync(file + ".gz"))).Message.ShouldContain("no such file");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Task<SimulatorHost> StartAsync(string file) => SimulatorHost.StartAsync(new SimulatorOptions { Playback = [file], Live = new LiveOptions { Levels = 50 } }, cancellationToken);

    private static async Task<(long Id, int Asks)> DepthAsync(HttpClient http, SimulatorHost sim)
    {
        using var depth = JsonDocument.Parse(await http.GetStringAsync(new Uri(sim.BinanceSpot, "/api/v3/depth?symbol=ABCUSDT&limit=1000"), cancellationToken));
        return (depth.RootElement.GetProperty("lastUpdateId").GetInt64(), depth.RootElement.GetProperty("asks").GetArrayLength());
    }
}
