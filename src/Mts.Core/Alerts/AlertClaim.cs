using Mts.Core.Market;

namespace Mts.Core.Alerts;

/// <summary>Whose an alert is to send, among all processes on a data folder.</summary>
public enum ClaimVerdict
{
    /// <summary>The alert is the caller's to send.</summary>
    Mine,

    /// <summary>This or another process has told it already.</summary>
    Told,

    /// <summary>The rule spoke about the subject too short a while ago.</summary>
    CoolingDown,
}

/// <summary>The answer to somebody who wants to send an alert.</summary>
/// <param name="Verdict">Whether he may.</param>
/// <param name="Until">When the cool-down ends; null where there is none.</param>
public readonly record struct AlertClaim(ClaimVerdict Verdict, Timestamp? Until = null);

/// <summary>How far an alert has come at one channel.</summary>
public enum DeliveryState
{
    /// <summary>Somebody is at it, as long as his process lives.</summary>
    Pending,
    Sent,

    /// <summary>Quiet hours: written to the file, not sent.</summary>
    Quiet,

    /// <summary>Too old to be of use, or pushed out of a full queue.</summary>
    Dropped,

    /// <summary>The service refused this message, or the channel is closed.</summary>
    Failed,
}

/// <summary>One channel's part in an alert.</summary>
/// <param name="Channel"><c>discord</c>, <c>telegram</c>, <c>slack</c> or <c>webhook</c>.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Reason">Why it was not sent; null where it was.</param>
public sealed record AlertDelivery(string Channel, DeliveryState State, int Attempts = 0, string? Reason = null);

/// <summary>An alert of the history with what became of it.</summary>
public sealed record StoredAlert(Alert Alert, IReadOnlyList<AlertDelivery> Deliveries);
