using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;
using Mts.Adapters.Venues;

namespace Mts.Adapters.Binance;

/// <summary>Addresses, costs and limits of Binance; the file <c>config/exchanges/binance.json</c>.</summary>
public sealed record BinanceOptions
{
    public required BinanceMarketOptions Spot { get; init; }

    /// <summary>Perpetuals settled in USDT or USDC.</summary>
    public required BinanceMarketOptions Usdm { get; init; }

    /// <exception cref="ConfigurationException">The file is missing or wrong; the message lists everything that is.</exception>
    public static BinanceOptions Read(string path) => VenueFile.Read<BinanceOptions>(path, o => o.Problems());

    /// <summary>All settings out of range, each by its name; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>([.. Spot.Problems("spot"), .. Usdm.Problems("usdm")]);
        if (Usdm.Funding is null) problems.Add("usdm.funding: nothing is given; perpetuals pay funding");
        return problems;
    }
}

/// <summary>One of Binance's REST hosts.</summary>
public sealed record BinanceMarketOptions
{
    /// <summary>Scheme and host.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Scheme and host of the streams; <c>ws</c> or <c>wss</c>.</summary>
    public required Uri StreamAddress { get; init; }

    /// <summary>What stands before each endpoint's name: <c>/api/v3</c>.</summary>
    [RegularExpression("(/[a-z0-9]+)+", ErrorMessage = "is not a path like /api/v3")]
    public required string PathPrefix { get; init; }

    /// <summary>Weight per window and address, best somewhat below what the venue allows.</summary>
    public required RateBudget Budget { get; init; }

    /// <summary>Interval names that the host serves.</summary>
    public required IReadOnlyList<string> Intervals { get; init; }

    /// <summary>Nothing is asked before this day; the spot host refuses earlier times.</summary>
    public required DateOnly Earliest { get; init; }

    /// <summary>Bars per request, 1 to 1500.</summary>
    [Range(1, 1_500)]
    public required int BarsPerPage { get; init; }

    public required BinanceWeights Weights { get; init; }

    /// <summary>Null where the market pays no funding.</summary>
    public BinanceFundingOptions? Funding { get; init; }

    internal IEnumerable<string> Problems(string section) =>
    [
        .. OptionProblems.Of(section, this),
        .. StreamAddresses.Problems($"{section}.streamAddress", StreamAddress),
        .. OptionProblems.Of($"{section}.budget", Budget),
        .. OptionProblems.Of($"{section}.weights", Weights),
        .. WeightTier.Problems($"{section}.weights.klines", Weights.Klines, Budget.Weight),
        .. WeightTier.Problems($"{section}.weights.depth", Weights.Depth, Budget.Weight),
        .. Funding is null ? [] : Funding.Problems($"{section}.funding"),
        .. VenueFile.IntervalProblems($"{section}.intervals", Intervals),
    ];
}

/// <summary>What each endpoint costs.</summary>
public sealed record BinanceWeights
{
    [Range(0, 1_000)]
    public required int Time { get; init; }

    [Range(0, 1_000)]
    public required int ExchangeInfo { get; init; }

    [Range(0, 1_000)]
    public required int AggTrades { get; init; }

    public required IReadOnlyList<WeightTier> Klines { get; init; }

    /// <summary>The numbers of levels that may be asked for, with their cost.</summary>
    public required IReadOnlyList<WeightTier> Depth { get; init; }
}

/// <summary>How funding is asked for.</summary>
public sealed record BinanceFundingOptions
{
    /// <summary>Requests per window that the funding endpoints share.</summary>
    public required RateBudget Budget { get; init; }

    /// <summary>Rates per request, 1 to 1000.</summary>
    [Range(1, 1_000)]
    public required int RatesPerPage { get; init; }

    /// <summary>Hours between settlements of a contract for which the venue states nothing else.</summary>
    [Range(1, 24)]
    public required int DefaultIntervalHours { get; init; }

    [Range(0, 1_000)]
    public required int FundingRateWeight { get; init; }

    [Range(0, 1_000)]
    public required int FundingInfoWeight { get; init; }

    [Range(0, 1_000)]
    public required int PremiumIndexWeight { get; init; }

    internal IEnumerable<string> Problems(string section) => [.. OptionProblems.Of(section, this), .. OptionProblems.Of($"{section}.budget", Budget)];
}
