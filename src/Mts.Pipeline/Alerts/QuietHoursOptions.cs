namespace Mts.Pipeline.Alerts;

/// <summary>The section <c>alerts.quietHours</c>.</summary>
public sealed record QuietHoursOptions
{
    /// <summary>Local time of day, <c>22:00</c>; empty together with <see cref="Until"/> for no quiet hours.</summary>
    public string From { get; init; } = "";

    /// <summary>Local time of day at which they end; before <see cref="From"/> where they last over midnight.</summary>
    public string Until { get; init; } = "";

    /// <summary>IANA id of the zone, <c>Europe/Berlin</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether critical alerts are sent all the same.</summary>
    public bool CriticalPasses { get; init; } = true;
}
