using System.Diagnostics;
using System.Text.Json;
using Mts.Cli;
using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.IntegrationTests.Cli;
using Mts.Pipeline.Realtime;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Storage.Files.Journal;
using Mts.Storage.Sqlite;
using Channel = Mts.Core.Feeds.Channel;

namespace Mts.IntegrationTests.Realtime;

/// <summary>Sessions of <c>mts stream</c> over one data folder: the first is killed, the second ends in due form, the third tells of both.</summary>
public sealed class RestartGapTests
{
    private static readonly string[] arguments = ["stream", "--venues", "binance", "bybit", "--symbols", "BTC", "--channels", "depth", "quote", "trade", "mark", "liquidation", "--json"];

    [Fact]
    public async Task The_ledger_has_the_time_between_sessions_and_no_trade_is_missing_or_there_twice()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var options = new SimulatorOptions { Limits = RateLimits.None, Live = new LiveOptions { Rate = 60, Levels = 300, Symbols = ["BTCUSDT"] } };
        await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("mts-restart-");
        try
        {
            await KillAsync(simulator, options, folder.FullName, cancellationToken);
            var second = await RunAsync(simulator, options, folder.FullName);
            var third = await RunAsync(simulator, options, folder.FullName);

            foreach (var run in new[] { second, third })
            {
                var restarts = run.GetProperty("gaps").GetProperty("closed").EnumerateArray().Where(g => g.GetProperty("cause").GetString() == "restart").ToList();
                // Spot has three of the channels, perpetuals five.
                restarts.Count.ShouldBe(2 * (3 + 5));
                restarts.ShouldAllBe(g => g.GetProperty("start").GetDateTimeOffset() < g.GetProperty("end").GetDateTimeOffset());
                restarts.Where(g => g.GetProperty("channel").GetString() == "depth").ShouldAllBe(g => g.GetProperty("repair").GetString() == "snapshot");
                // Bybit serves the newest trades only, of spot markets sixty.
                restarts.Where(g => g.GetProperty("channel").GetString() == "trade" && g.GetProperty("venue").GetString() == "binance").ShouldAllBe(g => g.GetProperty("repair").GetString() == "backfill");
                run.GetProperty("gaps").GetProperty("open").GetArrayLength().ShouldBe(0);
            }

            var told = new Told();
            var replayed = new JournalledSession(told);
            using (var reader = JournalReader.Open(FeedJournal.FolderOf(folder.FullName)))
            {
                while (reader.TryRead(out var input, out var bytes)) replayed.Take(input, bytes);
            }

            replayed.Sessions.ShouldBe(3);
            told.Twice.ShouldBeEmpty();
            told.Trades.Count.ShouldBe(4);
            foreach (var (market, ids) in told.Trades.Where(t => t.Key.StartsWith("binance", StringComparison.Ordinal))) ((long)(ids.Max() - ids.Min()) + 1).ShouldBe(ids.Count, market);
            using var store = SqliteStore.OpenReader(folder.FullName);
            var stored = store.ReadGaps(new RealtimeRange()).Where(g => g.Cause == "restart").ToList();
            // What the feeds left open at the end of a session they do not tell in a replay.
            told.Gaps.ShouldBeSubsetOf(stored);
            stored.Count.ShouldBe(2 * 2 * (3 + 5));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task KillAsync(SimulatorHost simulator, SimulatorOptions options, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Start(simulator, options, folder, []))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        // Behind what was noted last the journal tells how far the streams have come.
        while (!File.Exists(Path.Combine(folder, "journal", "positions.json")) || !HasAllTrades(folder)) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(137, await error);
    }

    private static bool HasAllTrades(string folder)
    {
        var told = new Told();
        var session = new JournalledSession(told);
        using var reader = JournalReader.Open(FeedJournal.FolderOf(folder));
        while (reader.TryRead(out var input, out var bytes)) session.Take(input, bytes);
        return told.Trades.Count == 4 && told.Trades.Values.All(t => t.Count > 20);
    }

    private static async Task<JsonElement> RunAsync(SimulatorHost simulator, SimulatorOptions options, string folder)
    {
        var (exit, output, error) = await MtsProcess.RunAsync(Start(simulator, options, folder, ["--duration", "12s"]));
        exit.ShouldBe(0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static ProcessStartInfo Start(SimulatorHost simulator, SimulatorOptions options, string folder, string[] more)
    {
        var start = MtsProcess.Start(folder, [.. arguments, .. more, "--data-dir", folder]);
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) start.Environment[name] = value;
        return start;
    }

    private sealed class Told : QuietTap
    {
        public Dictionary<string, HashSet<UInt128>> Trades { get; } = [];

        public List<string> Twice { get; } = [];

        public List<FeedGap> Gaps { get; } = [];

        public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
        {
            var name = $"{market.Venue} {market.SymbolText}";
            if (!Trades.TryGetValue(name, out var ids)) Trades[name] = ids = [];
            if (!ids.Add(trade.Id)) Twice.Add($"{name} {trade.Id}");
        }

        public override void OnGap(FollowedMarket market, FeedGap gap)
        {
            if (gap is { Cause: "restart", End: not null }) Gaps.Add(gap);
        }
    }
}
