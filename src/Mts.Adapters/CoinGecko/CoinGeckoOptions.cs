using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.CoinGecko;

/// <summary>Which door of CoinGecko is used.</summary>
public enum CoinGeckoPlan
{
    /// <summary>Public host without a key.</summary>
    Keyless,

    /// <summary>Public host with a free key.</summary>
    Demo,

    /// <summary>Host of the paid plans.</summary>
    Pro,
}

/// <summary>The section <c>sources.coingecko</c>.</summary>
public sealed record CoinGeckoOptions
{
    /// <summary>Address with path prefix; null for the plan's own.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>The key, <c>CG-…</c>; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Null for keyless without a key and demo with one; keys of both kinds look alike.</summary>
    public CoinGeckoPlan? Plan { get; init; }

    /// <summary>What points are priced in, 2 to 10 letters.</summary>
    [RegularExpression("^[a-z]{2,10}$", ErrorMessage = "is no currency code in lower case")]
    public string Currency { get; init; } = "usd";

    public IReadOnlyList<string> Problems() => [.. OptionProblems.Of("sources.coingecko", this), .. Contradictions()];

    /// <summary>Settings that are each in range and do not go together.</summary>
    public IEnumerable<string> Contradictions()
    {
        if (EffectivePlan == CoinGeckoPlan.Keyless && HasKey) yield return "sources.coingecko.plan: 'Keyless' takes no key; remove sources.coingecko.apiKey or say Demo or Pro";
        if (EffectivePlan != CoinGeckoPlan.Keyless && !HasKey) yield return $"sources.coingecko.apiKey: nothing is set, but the plan {EffectivePlan} needs a key";
    }

    internal bool HasKey => !string.IsNullOrEmpty(ApiKey);

    internal CoinGeckoPlan EffectivePlan => Plan ?? (HasKey ? CoinGeckoPlan.Demo : CoinGeckoPlan.Keyless);

    /// <summary>Days of history that the plan serves; null for all.</summary>
    internal int? HistoryDays => EffectivePlan == CoinGeckoPlan.Pro ? null : 365;

    /// <summary>The host as the resilience pipeline needs it.</summary>
    public ServiceOptions Service() => new()
    {
        Name = CoinGeckoClient.ServiceName,
        BaseAddress = BaseAddress ?? new Uri(EffectivePlan == CoinGeckoPlan.Pro ? "https://pro-api.coingecko.com/api/v3" : "https://api.coingecko.com/api/v3"),
        Budget = new RateBudget { Weight = EffectivePlan switch { CoinGeckoPlan.Pro => 250, CoinGeckoPlan.Demo => 25, _ => 10 } },
        Faults = CoinGeckoFaults.Read,
        SecretHeaders = EffectivePlan switch
        {
            CoinGeckoPlan.Pro => [("x-cg-pro-api-key", ApiKey ?? "")],
            CoinGeckoPlan.Demo => [("x-cg-demo-api-key", ApiKey ?? "")],
            _ => [],
        },
    };
}
