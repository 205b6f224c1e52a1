using System.Globalization;
using Mts.Core;
using Mts.Simulator.Model;

namespace Mts.Simulator.Faults;

/// <summary>Which faults fire how often, at which services.</summary>
public sealed class FaultPlan
{
    private static readonly (string Name, FaultKind Kind)[] names =
    [
        ("429", FaultKind.TooManyRequests), ("5xx", FaultKind.ServerError), ("html200", FaultKind.Html200), ("slow", FaultKind.Slow),
        ("truncate", FaultKind.Truncate), ("cut", FaultKind.Truncate), ("short", FaultKind.Short), ("reset", FaultKind.Reset),
        ("garbage", FaultKind.Garbage), ("empty", FaultKind.Empty),
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

    /// <summary>Reads <c>429:0.05,html200:0.01,fred/reset:0.2</c>: a fault, optionally at one service, and the share of requests that it hits.</summary>
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
            var sum = parsed.Where(r => r.Service is null || r.Service == service).Sum(r => r.Share);
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
            if (rule.Service is not null && rule.Service != service) continue;
            left -= rule.Share;
            if (left < 0) return rule.Kind;
        }

        return null;
    }

    private static Rule ParseRule(string part)
    {
        var colon = part.LastIndexOf(':');
        var name = colon < 0 ? part : part[..colon];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var service = slash < 0 ? null : name[..slash];
        if (slash >= 0) name = name[(slash + 1)..];

        var kind = Array.Find(names, n => n.Name == name);
        if (kind.Name is null) throw new ConfigurationException($"'{name}' is not a fault; allowed are {string.Join(", ", names.Select(n => n.Name))}.");
        if (service is not null && !services.Contains(service)) throw new ConfigurationException($"'{service}' is not a simulated service; allowed are {string.Join(", ", services)}.");
        if (colon < 0 || !double.TryParse(part[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (>= 0 and <= 1))
        {
            throw new ConfigurationException($"'{part}' lacks a share from 0 to 1; write it like {name}:0.05.");
        }

        return new Rule(service, kind.Kind, share);
    }

    private sealed record Rule(string? Service, FaultKind Kind, double Share);
}
