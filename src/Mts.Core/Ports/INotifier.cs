using Mts.Core.Alerts;

namespace Mts.Core.Ports;

/// <summary>One destination of alerts outside. Called by one caller at a time.</summary>
public interface INotifier
{
    /// <summary><c>discord</c>, <c>telegram</c>, <c>slack</c> or <c>webhook</c>.</summary>
    string Channel { get; }

    /// <summary>Tries once; that the destination does not take it is a verdict, not an exception.</summary>
    Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken);
}

/// <summary>What a destination said to one try.</summary>
public abstract record NotifyResult
{
    /// <param name="Pause">The least time before the next message, so that the service's limit is kept.</param>
    public sealed record Delivered(TimeSpan Pause = default) : NotifyResult;

    /// <summary>The same message may be taken later.</summary>
    /// <param name="Reason">Without secrets.</param>
    /// <param name="After">How long the service asked to wait; null where it did not say.</param>
    public sealed record Later(string Reason, TimeSpan? After = null) : NotifyResult;

    /// <summary>This message will never be taken; others may be.</summary>
    public sealed record Refused(string Reason) : NotifyResult;

    /// <summary>The destination takes nothing any more until somebody changes the settings.</summary>
    public sealed record Closed(string Reason) : NotifyResult;
}
