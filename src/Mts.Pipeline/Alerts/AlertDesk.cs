using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts.Observations;
using Mts.Pipeline.Alerts.Rules;

namespace Mts.Pipeline.Alerts;

/// <summary>Takes observations from all parts of the system and brings what the rules make of them to file and channels.</summary>
public sealed class AlertDesk
{
    private const int CandidatesWaiting = 1_000;
    private const int SecondsPerBeat = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private readonly List<AlertCandidate> fresh = [];
    private readonly Channel<AlertCandidate> candidates = Channel.CreateBounded<AlertCandidate>(CandidatesWaiting);
    private readonly AssetCatalog assets;
    private readonly IReadOnlyList<AlertRule> rules;
    private readonly AlertTracker tracker;
    private readonly AlertPost post;
    private readonly AlertDispatcher dispatcher;
    private readonly AlertOptions options;
    private readonly IAlertLog log;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private int unposted;
    private bool isForgetful;

    /// <param name="options">Rules and delivery; already checked.</param>
    /// <param name="assets">Their names in the rules.</param>
    /// <param name="notifiers">The channels that are on.</param>
    /// <param name="log">The memory shared with other processes; read here for what is raised.</param>
    /// <param name="sink">Takes every alert.</param>
    /// <param name="clock">For waits, leases and the passing of time; rules go by the time of what they see.</param>
    /// <param name="logger">Never sees a secret.</param>
    /// <exception cref="ConfigurationException">A rule or the quiet hours are wrong.</exception>
    public AlertDesk(AlertOptions options, AssetCatalog assets, IReadOnlyList<INotifier> notifiers, IAlertLog log, IAlertSink sink, TimeProvider clock, ILogger logger)
    {
        (this.options, this.log, this.clock, this.logger) = (options, log, clock, logger);
        this.assets = assets;
        tracker = new AlertTracker(rules = options.ReadRules(assets));
        var context = new DeliveryContext(options, log, Counts, clock, logger, See);
        dispatcher = new AlertDispatcher([.. notifiers.Select(n => new Destination(n, context))]);
        post = new AlertPost(context, QuietHours.Of(options.QuietHours), dispatcher, sink);
        foreach (var raised in log.ReadRaised()) tracker.Restore(raised);
    }

    public AlertCounts Counts { get; } = new();

    /// <summary>Alerts on their way; whoever ends may wait a while for none.</summary>
    public int Unfinished => Volatile.Read(ref unposted) + dispatcher.Unfinished;

    /// <summary>Whether any rule looks at it; where none does, nobody need make one.</summary>
    public bool Wants<T>()
        where T : Observation => tracker.Wants(typeof(T));

    /// <summary>Rules about markets that nobody follows: they will not speak.</summary>
    /// <param name="followed">What is followed.</param>
    /// <returns>Each by its setting, with what it looks at.</returns>
    public IEnumerable<string> Unheard(IReadOnlyCollection<(string Venue, Symbol Symbol)> followed) =>
        from rule in rules
        where !followed.Any(f => rule.Concerns(f.Venue, f.Symbol) && (rule.Asset is null || string.Equals(rule.Asset, assets.IdOf(f.Symbol.Base), StringComparison.OrdinalIgnoreCase)))
        select $"alerts.rules.{rule.Head.Name} looks at {string.Join(' ', new[] { rule.Head.Venue, rule.Head.Symbol?.ToString(), rule.Asset }.OfType<string>())}";

    /// <summary>Takes an observation; cheap, does no I/O and never waits. Safe for several threads; those about one subject come in order.</summary>
    public void See(Observation seen)
    {
        lock (sync)
        {
            tracker.See(seen, fresh);
            foreach (var candidate in fresh)
            {
                Interlocked.Increment(ref unposted);
                if (candidates.Writer.TryWrite(candidate)) continue;
                Interlocked.Decrement(ref unposted);
                Counts.Add("lost");
                logger.LogError("Alert {Title} is lost: {Count} others wait to be written", candidate.Alert.Title, CandidatesWaiting);
            }

            fresh.Clear();
        }
    }

    /// <summary>Works until it is cancelled; then what is still to be sent is left to the next process, as long as it is fresh.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Beat();
        await Task.WhenAll(PostAsync(cancellationToken), TickAsync(cancellationToken), dispatcher.RunAsync(cancellationToken));
    }

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        await foreach (var candidate in candidates.Reader.ReadAllAsync(cancellationToken))
        {
            if (post.Send(candidate) is { Verdict: ClaimVerdict.CoolingDown, Until: { } until })
            {
                lock (sync) tracker.Defer(candidate.Alert, until);
            }

            Interlocked.Decrement(ref unposted);
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        for (var second = 1; ; second++)
        {
            await Task.Delay(Tick, clock, cancellationToken);
            See(new TimeSeen(Timestamp.Now(clock)));
            if (second % SecondsPerBeat == 0) Beat();
        }
    }

    // Others see that we live, and we take what those who do not have left unsent.
    private void Beat()
    {
        try
        {
            var now = Timestamp.Now(clock);
            log.Beat(now);
            foreach (var channel in dispatcher.Channels)
            {
                foreach (var alert in log.TakeOver(channel, now, now - options.StaleAfter)) dispatcher.Enqueue(alert, [channel]);
            }

            if (isForgetful) logger.LogWarning("The memory of alerts is written again");
            isForgetful = false;
        }
        catch (StorageException failure)
        {
            if (!isForgetful) logger.LogError(failure, "The memory of alerts cannot be read or written, and is tried again: {Reason}", failure.Message);
            isForgetful = true;
        }
    }
}
