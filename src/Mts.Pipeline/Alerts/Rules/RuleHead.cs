using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>What rules of every kind have.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Kind">As in the catalogue.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="CoolDown">Least time between two alerts about one subject.</param>
/// <param name="Channels">Only these; empty for all.</param>
/// <param name="Venue">Only this venue; null for all.</param>
/// <param name="Symbol">Only this market; null for all.</param>
internal sealed record RuleHead(
    string Name, string Kind, AlertSeverity Severity, TimeSpan CoolDown, IReadOnlyList<string> Channels, string? Venue, Symbol? Symbol);
