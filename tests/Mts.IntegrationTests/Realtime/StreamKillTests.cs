using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mts.Cli;
using Mts.Cli.Live;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.IntegrationTests.Cli;
using Mts.Pipeline.Realtime;
using Mts.Simulator;
using Mts.Simulator.Live;
using Mts.Storage.Files.Journal;
using Channel = Mts.Core.Feeds.Channel;

namespace Mts.IntegrationTests.Realtime;

/// <summary><c>mts stream</c> under load, killed at random moments; <c>MTS_KILLS</c> says how often, <c>MTS_KILL_SEED</c> at which ones.</summary>
public sealed class StreamKillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static int Kills => Setting("MTS_KILLS", 8);

    [Fact]
    public async Task Loses_nothing_that_was_written_repeats_nothing_and_has_its_books_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var options = new SimulatorOptions { Limits = RateLimits.None, Live = new LiveOptions { Rate = 300, Levels = 300, Symbols = ["BTCUSDT", "ETHUSDT"] } };
        await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("mts-kill-");
        try
        {
            var (random, lives, found) = (new Random(Setting("MTS_KILL_SEED", 1)), new List<Life>(), 0L);
            for (var kill = 0; kill < Kills; kill++)
            {
                // Most moments lie in the start, where connections are made and books joined; some lives last until all is well.
                var moment = TimeSpan.FromSeconds(0.02 + (6 * Math.Pow(random.NextDouble(), 3)));
                var seen = await LiveAsync(simulator, options, folder.FullName, moment, found, cancellationToken);
                var life = new Life();
                found = life.Read(FeedJournal.FolderOf(folder.FullName), found);
                found.ShouldBeGreaterThanOrEqualTo(seen, "what was read before the kill is there after it");
                life.Faults.ShouldBeEmpty();
                if (life.Feeds.Count > 0) lives.Add(life);
            }

            var (exit, text, error) = await MtsProcess.RunAsync(folder.FullName, "replay", FeedJournal.FolderOf(folder.FullName), "--json");
            exit.ShouldBe(0, error);
            using var document = JsonDocument.Parse(text);
            document.RootElement.GetProperty("inputs").GetInt64().ShouldBe(found);
            document.RootElement.GetProperty("streams").EnumerateArray().ShouldAllBe(s => s.GetProperty("balanced").GetBoolean());
            var whole = lives.Where(l => l.Lasted >= Patience || l.AllValid is not null).ToList();
            var times = whole.Where(l => l.AllValid is not null).Select(l => l.AllValid!.Value.TotalSeconds).Order().ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Kills} kills, {lives.Count} of them after the start, {found} inputs, {lives.Sum(l => l.Frames) / lives.Sum(l => l.Lasted.TotalSeconds):0} frames/s; all books valid after {times[times.Count / 2]:0.00} s (median), {times[^1]:0.00} s (longest) in {times.Count} lives"));
            whole.ShouldAllBe(l => l.AllValid <= Patience);
            times.ShouldNotBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    /// <returns>The last input that could be read from the journal while the program was still alive.</returns>
    private static async Task<long> LiveAsync(SimulatorHost simulator, SimulatorOptions options, string folder, TimeSpan life, long from, CancellationToken cancellationToken)
    {
        var start = MtsProcess.Start(folder, "stream", "--venues", "binance", "bybit", "--symbols", "BTC", "ETH", "--json", "--data-dir", folder);
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var journal = FeedJournal.FolderOf(folder);
        // The moment counts from the first input, so that most kills fall into the work and not into the start.
        while (Last(journal, from) == from && !process.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        if (process.HasExited) Assert.Fail(await error);
        await Task.Delay(life, TimeProvider.System, cancellationToken);
        var seen = Last(journal, from);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(137, await error);
        return seen;
    }

    private static long Last(string journal, long from)
    {
        if (!Directory.Exists(journal)) return from;
        using var reader = JournalReader.Open(journal, from + 1);
        var last = from;
        while (reader.TryRead(out _, out _)) last = reader.Sequence;
        return last;
    }

    /// <summary>What one run of the program left in the journal, played again.</summary>
    private sealed class Life : QuietTap
    {
        private readonly HashSet<(string, MarketKind, string, UInt128)> trades = [];
        private Timestamp? first;

        public List<string> Faults { get; } = [];

        public IReadOnlyList<VenueFeed> Feeds { get; private set; } = [];

        public long Frames { get; private set; }

        public TimeSpan Lasted { get; private set; }

        /// <summary>From the start to the moment at which all books were valid; null where the life was too short.</summary>
        public TimeSpan? AllValid { get; private set; }

        public long Read(string journal, long from)
        {
            var session = new JournalledSession(this);
            var last = from;
            using var reader = JournalReader.Open(journal, from + 1);
            while (reader.TryRead(out var input, out var bytes))
            {
                if (reader.Sequence != last + 1) Faults.Add($"input {reader.Sequence} follows {last}");
                last = reader.Sequence;
                session.Take(input, bytes);
                first ??= input.Time;
                Lasted = input.Time - first.Value;
                if (input.Kind == FeedInputKind.Frame) Frames++;
                if (AllValid is null && session.Feeds.Count == 4 && session.Feeds.All(f => f.Markets.Count > 0 && f.Markets.All(m => m.Book.State == BookState.Valid))) AllValid = Lasted;
            }

            Feeds = session.Feeds;
            foreach (var market in Feeds.SelectMany(f => f.Markets))
            {
                if (!Enum.GetValues<Channel>().All(c => market.Account(c).IsBalanced)) Faults.Add($"{market.Venue} {market.SymbolText}: an account does not add up");
            }

            return last;
        }

        public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
        {
            if (!trades.Add((market.Venue, market.Kind, market.SymbolText, trade.Id))) Faults.Add($"{market.Venue} {market.SymbolText} gave trade {trade.Id} twice");
        }
    }
}
