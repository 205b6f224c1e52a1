using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

public sealed class AlertDeskTests : IDisposable
{
    private static readonly Symbol Btc = new("BTC", "USDT");

    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new(SampleAlert.Start.ToDateTimeOffset());
    private readonly Written written = new();

    private AlertOptions options = new()
    {
        Channels = ["discord"],
        CoolDown = TimeSpan.FromMinutes(15),
        Rules = new Dictionary<string, AlertRuleOptions>(StringComparer.Ordinal)
        {
            ["btc-high"] = new() { Kind = "price", When = new Dictionary<string, string>(StringComparer.Ordinal) { ["above"] = "100" } },
            ["channels"] = new() { Kind = "component", Severity = AlertSeverity.Critical, When = new Dictionary<string, string>(StringComparer.Ordinal) { ["component"] = "channel" } },
        },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_observation_becomes_a_line_and_a_message()
    {
        await using var process = Start();
        await process.SeeAsync(0, 101);
        process.Sent.ShouldBe(["binance BTC/USDT above 100.00"]);
        written.Lines.ShouldBe(["binance BTC/USDT above 100.00"]);
    }

    [Fact]
    public async Task Of_two_processes_one_sends()
    {
        await using var a = Start();
        await using var b = Start();
        await a.SeeAsync(0, 101);
        await b.SeeAsync(0.2, 101);
        await b.SeeAsync(1, 90);
        await a.SeeAsync(1.2, 90);
        a.Sent.ShouldBe(["binance BTC/USDT above 100.00"]);
        b.Sent.ShouldBe(["binance BTC/USDT no longer above 100.00"]);
        b.Desk.Counts["told_before"].ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_does_not_send_again_and_knows_what_to_clear()
    {
        await using (var first = Start()) await first.SeeAsync(0, 101);
        await using var second = Start();
        await second.SeeAsync(3_600, 102);
        second.Sent.ShouldBeEmpty();
        await second.SeeAsync(3_601, 90);
        second.Sent.ShouldBe(["binance BTC/USDT no longer above 100.00"]);
    }

    [Fact]
    public async Task A_raise_within_the_cool_down_of_another_process_is_told_after_it_if_it_still_holds()
    {
        await using (var first = Start())
        {
            await first.SeeAsync(0, 101);
            await first.SeeAsync(1, 90);
        }

        await using var second = Start();
        await second.SeeAsync(60, 101);
        await second.SeeAsync(899, 101);
        second.Sent.ShouldBeEmpty();
        await second.SeeAsync(900, 101);
        second.Sent.ShouldBe(["binance BTC/USDT above 100.00"]);
        second.Desk.Counts["cooling_down"].ShouldBe(1);
    }

    [Fact]
    public async Task In_quiet_hours_an_alert_is_written_and_counted_and_not_sent()
    {
        options = options with { QuietHours = new QuietHoursOptions { From = "12:00", Until = "13:00" } };
        await using var process = Start();
        await process.SeeAsync(0, 101);
        process.Sent.ShouldBeEmpty();
        written.Lines.ShouldBe(["quiet: binance BTC/USDT above 100.00"]);
        process.Desk.Counts["quiet"].ShouldBe(1);
        process.Log.ReadHistory(SampleAlert.Start, 10).Single().Deliveries.ShouldBe([new AlertDelivery("discord", DeliveryState.Quiet)]);
    }

    [Fact]
    public async Task A_rule_may_choose_its_channels()
    {
        options = options with
        {
            Channels = ["discord", "slack"],
            Rules = new Dictionary<string, AlertRuleOptions>(StringComparer.Ordinal) { ["btc-high"] = options.Rules["btc-high"] with { Channels = ["slack"] } },
        };
        await using var process = Start();
        await process.SeeAsync(0, 101);
        process.Sent.ShouldBeEmpty();
        process.Log.ReadHistory(SampleAlert.Start, 10).Single().Deliveries.ShouldHaveSingleItem().Channel.ShouldBe("slack");
    }

    [Fact]
    public async Task What_a_killed_process_has_not_sent_is_sent_by_the_next_one()
    {
        using (var dead = AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30)))
        {
            dead.Claim(SampleAlert.At(0), TimeSpan.Zero, [new AlertDelivery("discord", DeliveryState.Pending)]);
            await using var next = Start();
            next.Sent.ShouldBeEmpty();
            // The dead one is silent; after thirty seconds the next beat takes over.
            for (var second = 0; second < 41; second++) clock.Advance(TimeSpan.FromSeconds(1));
            await next.SettleAsync();
            next.Sent.ShouldBe([SampleAlert.At(0).Title]);
        }
    }

    [Fact]
    public async Task A_closed_channel_is_an_alert_for_the_others()
    {
        await using var process = Start(new NotifyResult.Closed("404: unknown webhook"));
        await process.SeeAsync(0, 101);
        written.Lines.ShouldBe(["binance BTC/USDT above 100.00", "channel/discord down"]);
    }

    [Fact]
    public async Task A_memory_that_cannot_be_written_is_told_once_with_the_reason_and_so_is_the_end_of_it()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        using var log = new FullDisk { IsFull = true };
        var told = new LoggedLines<AlertDesk>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = new AlertDesk(options, StoreSamples.Assets, [], log, written, clock, told).RunAsync(end.Token);
        for (var second = 0; second < 35; second++) clock.Advance(TimeSpan.FromSeconds(1));
        told.Lines.ShouldBe([(LogLevel.Error, "The memory of alerts cannot be read or written, and is tried again: the disk is full")]);
        log.Beats.ShouldBe(4);
        log.IsFull = false;
        for (var second = 0; second < 25; second++) clock.Advance(TimeSpan.FromSeconds(1));
        told.Lines.Skip(1).ShouldBe([(LogLevel.Warning, "The memory of alerts is written again")]);
        await end.CancelAsync();
        await work.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private Process Start(params IReadOnlyList<NotifyResult> script) => new(options, AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30)), written, clock, script);

    private sealed class FullDisk : IAlertLog
    {
        public bool IsFull { get; set; }

        public int Beats { get; private set; }

        public AlertClaim Claim(Alert alert, TimeSpan coolDown, IReadOnlyList<AlertDelivery> deliveries) => throw new NotSupportedException();

        public IReadOnlyList<Alert> ReadRaised() => [];

        public void Beat(Timestamp now)
        {
            Beats++;
            if (IsFull) throw new StorageException("the disk is full");
        }

        public IReadOnlyList<Alert> TakeOver(string channel, Timestamp now, Timestamp notBefore) => [];

        public void Note(string alertId, AlertDelivery delivery) => throw new NotSupportedException();

        public IReadOnlyList<StoredAlert> ReadHistory(Timestamp from, int limit) => [];

        public void Dispose()
        {
        }
    }

    private sealed class Written : IAlertSink
    {
        public List<string> Lines { get; } = [];

        public void Append(Alert alert, bool isQuiet) => Lines.Add((isQuiet ? "quiet: " : "") + alert.Title);
    }

    /// <summary>What one process has; all its work runs inline on the standing clock.</summary>
    private sealed class Process : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly FakeNotifier discord;
        private readonly Task work;

        public Process(AlertOptions options, AlertLog log, IAlertSink sink, ManualTimeProvider clock, IReadOnlyList<NotifyResult> script)
        {
            SynchronizationContext.SetSynchronizationContext(null);
            Log = log;
            discord = new FakeNotifier("discord", clock, script);
            IReadOnlyList<INotifier> notifiers = [discord, .. options.Channels.Where(c => c != "discord").Select(c => new FakeNotifier(c, clock))];
            Desk = new AlertDesk(options, StoreSamples.Assets, notifiers, log, sink, clock, NullLogger.Instance);
            work = Desk.RunAsync(end.Token);
        }

        public AlertLog Log { get; }

        public AlertDesk Desk { get; }

        public IReadOnlyList<string> Sent => [.. discord.Taken.Select(id => Log.ReadHistory(Timestamp.MinValue, 100).Single(s => s.Alert.Id == id).Alert.Title)];

        public Task SeeAsync(double second, double price)
        {
            Desk.See(new PriceSeen("binance", Btc, price, SampleAlert.Start + TimeSpan.FromSeconds(second)));
            return SettleAsync();
        }

        /// <summary>Until nothing is on its way.</summary>
        public async Task SettleAsync()
        {
            while (Desk.Unfinished > 0)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await work.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            Log.Dispose();
            end.Dispose();
        }
    }
}
