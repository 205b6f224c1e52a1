using Microsoft.Extensions.Logging;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts;

/// <summary>Brings alerts to their destinations: one queue and one worker each, so that none waits for another.</summary>
internal sealed class AlertDispatcher(IReadOnlyList<Destination> destinations)
{
    public IReadOnlyList<string> Channels { get; } = [.. destinations.Select(d => d.Channel)];

    public int Unfinished => destinations.Sum(d => d.Unfinished);

    /// <summary>Never waits.</summary>
    public void Enqueue(Alert alert, IReadOnlyList<string> channels)
    {
        foreach (var destination in destinations.Where(d => channels.Contains(d.Channel, StringComparer.Ordinal))) destination.Enqueue(alert);
    }

    /// <summary>Runs until it is cancelled, or until <see cref="Complete"/> and empty queues.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(destinations.Select(d => d.RunAsync(cancellationToken)));

    public void Complete()
    {
        foreach (var destination in destinations) destination.Complete();
    }
}

/// <summary>What a destination needs of the world.</summary>
internal sealed record DeliveryContext(AlertOptions Options, IAlertLog Log, AlertCounts Counts, TimeProvider Clock, ILogger Logger, Action<ComponentStateSeen> OnState);
