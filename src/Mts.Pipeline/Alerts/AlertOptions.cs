using System.ComponentModel.DataAnnotations;
using Mts.Core;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Rules;

namespace Mts.Pipeline.Alerts;

/// <summary>The section <c>alerts</c>.</summary>
public sealed record AlertOptions
{
    /// <summary>Channels that alerts go to, beside the file: <c>discord</c>, <c>telegram</c>, <c>slack</c>, <c>webhook</c>.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Least time between two alerts of one rule about one subject, 0 to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An alert that could not be sent for so long is dropped, 10 seconds to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Alerts that wait for one channel; the oldest makes room, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int QueueLength { get; init; } = 200;

    /// <summary>Wait before the first retry where the service does not say, doubled for each further one, 100 milliseconds to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Alerts that are older are forgotten by <c>mts alerts list</c>; the files stay. 1 day to 10 years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(365);

    public QuietHoursOptions QuietHours { get; init; } = new();

    public IReadOnlyDictionary<string, AlertRuleOptions> Rules { get; init; } = new Dictionary<string, AlertRuleOptions>(StringComparer.Ordinal);

    /// <summary>What ranges cannot say: every rule and the quiet hours are read; each problem names its setting.</summary>
    /// <param name="knownChannels">The channels there are.</param>
    /// <param name="knownVenues">The venues there are.</param>
    public IEnumerable<string> Problems(IReadOnlyList<string> knownChannels, IReadOnlyList<string> knownVenues)
    {
        foreach (var channel in Channels.Where(c => !knownChannels.Contains(c, StringComparer.Ordinal)))
            yield return $"alerts.channels: '{channel}' is unknown{NearestNames.Suggest(NearestNames.To(channel, knownChannels))}; allowed are {string.Join(", ", knownChannels)}.";
        if (Problem(() => Alerts.QuietHours.Of(QuietHours)) is { } hours) yield return hours;
        foreach (var (name, rule) in Rules)
        {
            if (Problem(() => AlertRuleCatalog.Read(name, rule, CoolDown)) is { } problem) yield return problem;
            if (rule.Venue.Length > 0 && !knownVenues.Contains(rule.Venue, StringComparer.OrdinalIgnoreCase))
                yield return $"alerts.rules.{name}.venue: '{rule.Venue}' is unknown{NearestNames.Suggest(NearestNames.To(rule.Venue, knownVenues))}; allowed are {string.Join(", ", knownVenues)}.";
            foreach (var channel in rule.Channels.Where(c => !Channels.Contains(c, StringComparer.Ordinal)))
                yield return $"alerts.rules.{name}.channels: '{channel}' is not among alerts.channels ({(Channels.Count == 0 ? "none" : string.Join(", ", Channels))}).";
        }
    }

    internal IReadOnlyList<AlertRule> ReadRules(AssetCatalog assets) => [.. Rules.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => AlertRuleCatalog.Read(r.Key, r.Value, CoolDown, assets))];

    private static string? Problem(Func<object> read)
    {
        try
        {
            _ = read();
            return null;
        }
        catch (ConfigurationException wrong)
        {
            return wrong.Message;
        }
    }
}
