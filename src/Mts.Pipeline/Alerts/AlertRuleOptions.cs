using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Pipeline.Alerts;

/// <summary>One rule, <c>alerts.rules.{name}</c>.</summary>
public sealed record AlertRuleOptions
{
    /// <summary>One of <see cref="AlertRuleCatalog.Kinds"/>.</summary>
    public string Kind { get; init; } = "";

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Only this venue; empty for all.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Only this market (<c>BTC/USDT</c>, <c>BTC/USDT:USDT</c>); empty for all.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Only these channels; empty for all that are on.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Another cool-down than <c>alerts.coolDown</c>.</summary>
    public TimeSpan? CoolDown { get; init; }

    /// <summary>The conditions of the kind, by name.</summary>
    public IReadOnlyDictionary<string, string> When { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
