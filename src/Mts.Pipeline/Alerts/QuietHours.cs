using System.Globalization;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Pipeline.Alerts;

/// <summary>The hours of the wall clock in which people are left alone.</summary>
/// <remarks>Wall clock: the night in which the clocks change is an hour shorter or longer.</remarks>
internal sealed class QuietHours
{
    private readonly TimeOnly from;
    private readonly TimeOnly until;
    private readonly TimeZoneInfo? zone;
    private readonly bool criticalPasses;

    private QuietHours(TimeOnly from, TimeOnly until, TimeZoneInfo? zone, bool criticalPasses) =>
        (this.from, this.until, this.zone, this.criticalPasses) = (from, until, zone, criticalPasses);

    /// <exception cref="ConfigurationException">Names the setting that is wrong.</exception>
    public static QuietHours Of(QuietHoursOptions options)
    {
        if (options.From.Length == 0 && options.Until.Length == 0) return new QuietHours(default, default, null, criticalPasses: true);
        var (from, until) = (Time("from", options.From), Time("until", options.Until));
        if (from == until) throw new ConfigurationException($"alerts.quietHours.until: '{options.Until}' equals alerts.quietHours.from; leave both empty for no quiet hours.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.Zone, out var zone))
            throw new ConfigurationException($"alerts.quietHours.zone: '{options.Zone}' is not a time zone of this machine; write an IANA id like Europe/Berlin.");
        return new QuietHours(from, until, zone, options.CriticalPasses);
    }

    public bool Holds(Timestamp time, AlertSeverity severity)
    {
        if (zone is null || (criticalPasses && severity == AlertSeverity.Critical)) return false;
        return TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone).TimeOfDay).IsBetween(from, until);
    }

    private static TimeOnly Time(string name, string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new ConfigurationException($"alerts.quietHours.{name}: '{text}' is not a time of day; write it like 22:00, or leave from and until empty.");
}
