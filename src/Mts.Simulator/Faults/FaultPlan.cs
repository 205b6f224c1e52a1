using System.Globalization;
using System.Text.RegularExpressions;
using Mts.Core;
using Mts.Simulator.Model;

namespace Mts.Simulator.Faults;

/// <summary>Which faults fire how often or when, at which services.</summary>
public sealed partial class FaultPlan
{
    private static readonly (string Name, FaultKind Kind)[] names =
    [
        ("429", FaultKind.TooManyRequests), ("5xx", FaultKind.ServerError), ("html200", FaultKind.Html200), ("slow", FaultKind.Slow),
        ("truncate", FaultKind.Truncate), ("cut", FaultKind.Truncate), ("short", FaultKind.Short), ("reset", FaultKind.Reset),
        ("garbage", FaultKind.Garbage), ("empty", FaultKind.Empty),
        .. LiveFaultNames.All,
    ];

    private static readonly string[] services = ["binance", "usdm", "bybit", "coingecko", "coingecko-pro", "fred"];

    private readonly IReadOnlyList<Rule> rules;

    private FaultPlan(IReadOnlyList<Rule> rules) => this.rules = rules;

    /// <summary>No fault ever.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>How long a fault's 429 asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a slow answer takes from first to last byte.</summary>
    public TimeSpan SlowFor { get; private init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Reads <c>429:0.05,html200:0.01,fred/reset:0.2</c>: a fault, optionally at one service, and the share of requests that it hits. Faults of
    /// live streams (<c>ws-…</c>, <c>snapshot-…</c>, <c>clock-offset</c>) may name a stream, a duration and instead of the share a time since the
    /// start, once or again and again: <c>ws-drop:0.001,binance/ws-mute(btcusdt@depth)@30s+10s,usdm/ws-cut@60s~120s</c>.
    /// </summary>
    /// <exception cref="ConfigurationException">A fault or service is unknown, or a share is not in 0 to 1; the message lists what is allowed.</exception>
    public static FaultPlan Parse(string? text) => Parse(text, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

    /// <summary>As <see cref="Parse(string?)"/>, with other durations than two seconds for a slow answer and one second to wait after a 429.</summary>
    /// <param name="text">The plan.</param>
    /// <param name="slowFor">How long a slow answer takes.</param>
    /// <param name="retryAfter">What a fault's 429 asks to wait, in whole seconds; null for a 429 that does not say.</param>
    public static FaultPlan Parse(string? text, TimeSpan slowFor, TimeSpan? retryAfter)
    {
        var parsed = new List<Rule>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) parsed.Add(ParseRule(part));
        foreach (var service in services)
        {
            var sum = parsed.Where(r => LiveFaultNames.ScopeOf(r.Kind) is null && (r.Service is null || r.Service == service)).Sum(r => r.Share);
            if (sum > 1 + 1e-9) throw new ConfigurationException($"the faults of {service} sum to {sum.ToString(CultureInfo.InvariantCulture)}; at most 1 is possible.");
        }

        return new FaultPlan(parsed) { SlowFor = slowFor, RetryAfter = retryAfter };
    }

    /// <summary>The fault that hits a request, if any.</summary>
    /// <param name="service">The service asked.</param>
    /// <param name="key">Names the request and its attempt, so that the same plan and seed give the same faults in any order.</param>
    internal FaultKind? Draw(string service, ulong key)
    {
        var left = Noise.Unit(key);
        foreach (var rule in rules)
        {
            if (LiveFaultNames.ScopeOf(rule.Kind) is not null || (rule.Service is not null && rule.Service != service)) continue;
            left -= rule.Share;
            if (left < 0) return rule.Kind;
        }

        return null;
    }

    /// <summary>The faults of one service's sockets and snapshots.</summary>
    internal LiveFaults Live(string service) => new(rules.Where(r => LiveFaultNames.ScopeOf(r.Kind) is not null && (r.Service is null || r.Service == service)));

    private static Rule ParseRule(string part)
    {
        if (RulePattern().Match(part) is not { Success: true } match) throw new ConfigurationException($"'{part}' is not a fault; write it like 429:0.05, fred/reset:0.2 or ws-cut@30s.");
        var name = match.Groups["name"].Value;
        var service = match.Groups["service"] is { Success: true } at ? at.Value : null;
        var kind = Array.Find(names, n => n.Name == name);
        if (kind.Name is null) throw new ConfigurationException($"'{name}' is not a fault; allowed are {string.Join(", ", names.Select(n => n.Name))}.");
        if (service is not null && !services.Contains(service)) throw new ConfigurationException($"'{service}' is not a simulated service; allowed are {string.Join(", ", services)}.");
        var isLive = LiveFaultNames.ScopeOf(kind.Kind) is not null;
        var start = Duration(match, "start");
        if (!isLive && (start ?? Duration(match, "for") ?? (match.Groups["stream"].Success ? TimeSpan.Zero : null)) is not null) throw new ConfigurationException($"'{part}': {name} has neither stream nor time, only a share of requests; write it like {name}:0.05.");
        double share = 0;
        if (start is null && (!double.TryParse(match.Groups["share"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out share) || share is not (>= 0 and <= 1)))
        {
            throw new ConfigurationException($"'{part}' lacks a share from 0 to 1; write it like {name}:0.05{(isLive ? $" or {name}@30s" : "")}.");
        }

        return new Rule(service, kind.Kind, share) { Stream = match.Groups["stream"].Value, Start = start, For = Duration(match, "for"), Every = Duration(match, "every") };
    }

    private static TimeSpan? Duration(Match match, string group)
    {
        if (match.Groups[group] is not { Success: true } found) return null;
        var text = found.ValueSpan;
        var unit = text.EndsWith("ms") ? 0.001 : text[^1] switch { 'm' => 60, 'h' => 3_600, _ => 1.0 };
        return TimeSpan.FromSeconds(double.Parse(text.TrimEnd("smh"), CultureInfo.InvariantCulture) * unit);
    }

    [GeneratedRegex(@"^((?<service>[^/():@]+)/)?(?<name>[^/():@+~]+)(\((?<stream>[^)]*)\))?(@(?<start>[0-9.]+(ms|s|m|h)))?(:(?<share>[^+~]*))?(\+(?<for>[0-9.]+(ms|s|m|h)))?(~(?<every>[0-9.]+(ms|s|m|h)))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RulePattern();

    /// <param name="Service">Only there; null for everywhere.</param>
    /// <param name="Kind">What.</param>
    /// <param name="Share">How often, where there is no time.</param>
    internal sealed record Rule(string? Service, FaultKind Kind, double Share)
    {
        /// <summary>Part of the stream's name, or empty.</summary>
        public string Stream { get; init; } = "";

        /// <summary>Time since the start.</summary>
        public TimeSpan? Start { get; init; }

        public TimeSpan? For { get; init; }

        public TimeSpan? Every { get; init; }
    }
}
