namespace Mts.Adapters.Http;

/// <summary>What one REST host needs: where it is, what may be spent there, how it says no.</summary>
public sealed record ServiceOptions
{
    /// <summary>The name in messages, logs and budgets: <c>binance</c>, <c>binance-usdm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host, port and path prefix; <c>http</c> or <c>https</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The built-in budget; <see cref="HttpOptions.Budgets"/> under <see cref="Name"/> replaces it.</summary>
    public required RateBudget Budget { get; init; }

    /// <summary>Budgets of single endpoints beside the main one, by the name that requests give in <see cref="ServiceRequest.ExtraBudget"/>; each request costs 1.</summary>
    public IReadOnlyDictionary<string, RateBudget> ExtraBudgets { get; init; } = new Dictionary<string, RateBudget>(StringComparer.Ordinal);

    /// <summary>Reads the service's own words in an answer; also called for 200, where some services report errors.</summary>
    public FaultReader Faults { get; init; } = static _ => null;

    /// <summary>Answer headers that tell the weight spent in the present window; the first that is there counts.</summary>
    public IReadOnlyList<string> UsedWeightHeaders { get; init; } = [];

    /// <summary>Further answer headers that <see cref="Faults"/> wants to see.</summary>
    public IReadOnlyList<string> FaultHeaders { get; init; } = [];

    /// <summary>Sent with every request and never shown: names and values of headers.</summary>
    public IReadOnlyList<(string Name, string Value)> SecretHeaders { get; init; } = [];

    /// <summary>Appended to every request and never shown.</summary>
    public IReadOnlyList<(string Name, string Value)> SecretQuery { get; init; } = [];

    /// <summary>How long a ban lasts that does not say so itself.</summary>
    public TimeSpan BanDuration { get; init; } = TimeSpan.FromMinutes(10);

    public override string ToString() => $"{Name} at {BaseAddress}";
}
