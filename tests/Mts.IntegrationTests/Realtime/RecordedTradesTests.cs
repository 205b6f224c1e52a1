using System.Text.Json;
using Mts.Core.Feeds;
using Mts.IntegrationTests.Docs;
using Mts.Storage.Files.Journal;
using Mts.Storage.Files.Recordings;

namespace Mts.IntegrationTests.Realtime;

/// <summary><c>mts data bars --recorded</c> beside a second reading of the same journal.</summary>
public sealed class RecordedTradesTests
{
    [Fact]
    public async Task Every_trade_of_the_journal_is_in_a_bar_once_and_a_backtest_runs_on_them()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var shell = await SimulatedShell.StartAsync(Checkout.Root, cancellationToken);
        var (exitCode, output, error) = await shell.RunAsync("mts stream --venues binance --symbols BTC --markets spot --channels trade --duration 4s", cancellationToken);
        exitCode.ShouldBe(0, output + error);

        (exitCode, output, error) = await shell.RunAsync("mts data bars --recorded BTC/USDT --venue binance --kind tick --size 2 --out ticks.csv --json", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        var made = JsonDocument.Parse(output).RootElement;
        var streamed = Streamed(Path.Combine(shell.Folder, "data"));
        streamed.Count.ShouldBeGreaterThan(10);
        // Those that were asked for once more, to check the stream, may add what it lacked.
        made.GetProperty("trades").GetInt32().ShouldBeInRange(streamed.Count, streamed.Count + 5);
        var volume = (await File.ReadAllLinesAsync(Path.Combine(shell.Folder, "ticks.csv"), cancellationToken)).Skip(1).Sum(l => decimal.Parse(l.Split(',')[6], System.Globalization.CultureInfo.InvariantCulture));
        if (made.GetProperty("trades").GetInt32() == streamed.Count && made.GetProperty("trades_left").GetInt32() == 0) volume.ShouldBe(streamed.Values.Sum());

        (exitCode, output, error) = await shell.RunAsync("mts backtest --data ticks.csv --symbols BTC/USDT --strategy BuyHold", cancellationToken);
        exitCode.ShouldBe(0, output + error);
        (exitCode, _, error) = await shell.RunAsync("mts data bars --recorded ETH/USDT --venue binance --kind tick --size 2 --out none.csv", cancellationToken);
        exitCode.ShouldBe(3);
        error.ShouldContain("the raw journal has no trades of binance ETH/USDT");
    }

    // Quantity by trade id, from the frames as they came.
    private static Dictionary<long, decimal> Streamed(string dataDir)
    {
        var found = new Dictionary<long, decimal>();
        using var reader = new RecordingReader([FeedJournal.FolderOf(dataDir)]);
        while (reader.TryRead(out var input))
        {
            if (input.Input is not { Kind: FeedInputKind.Frame }) continue;
            using var frame = JsonDocument.Parse(input.Bytes);
            var root = frame.RootElement.TryGetProperty("data", out var data) ? data : frame.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("e", out var kind) || kind.GetString() is not ("trade" or "aggTrade")) continue;
            var id = root.GetProperty(kind.GetString() == "trade" ? "t" : "a").GetInt64();
            found[id] = decimal.Parse(root.GetProperty("q").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        }

        return found;
    }
}
