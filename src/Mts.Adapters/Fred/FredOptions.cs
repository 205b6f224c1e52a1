using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Fred;

/// <summary>The section <c>sources.fred</c>.</summary>
public sealed record FredOptions
{
    public const string KeySetting = "sources.fred.apiKey (MTS__Sources__Fred__ApiKey)";

    /// <summary>Address with path prefix.</summary>
    [Required]
    public Uri BaseAddress { get; init; } = new("https://api.stlouisfed.org/fred");

    /// <summary>The key, 32 lower-case letters and digits; without one nothing can be read.</summary>
    public string? ApiKey { get; init; }

    /// <summary>True fetches every value a series ever had with the day on which it became known, instead of today's values with the usual release lag.</summary>
    public bool Vintages { get; init; }

    /// <summary>Rows per answer, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; init; } = 100_000;

    /// <summary>Vintage dates per request, 1 to the service's limit of 2,000.</summary>
    [Range(1, 2_000)]
    public int VintagesPerRequest { get; init; } = 2_000;

    public IReadOnlyList<string> Problems() => [.. OptionProblems.Of("sources.fred", this)];

    /// <summary>The host as the resilience pipeline needs it.</summary>
    public ServiceOptions Service() => new()
    {
        Name = FredClient.ServiceName,
        BaseAddress = BaseAddress,
        // The service allows 120 a minute and blocks those who keep trying.
        Budget = new RateBudget { Weight = 100 },
        Faults = FredFaults.Read,
        SecretQuery = [("api_key", ApiKey ?? "")],
    };
}
