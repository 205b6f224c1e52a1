namespace Mts.Simulator;

/// <summary>What one client may ask for; 0 switches a limit off.</summary>
public sealed record RateLimits
{
    /// <summary>As the services publish them.</summary>
    public static RateLimits Published { get; } = new();

    /// <summary>No limit at all.</summary>
    public static RateLimits None { get; } = new()
    {
        BinanceSpotWeight = 0, BinanceUsdmWeight = 0, BinanceUsdmFunding = 0, BybitPerFiveSeconds = 0, CoinGeckoKeyless = 0, CoinGeckoDemo = 0, CoinGeckoPro = 0, FredPerMinute = 0,
    };

    /// <summary>Request weight per minute of Binance spot.</summary>
    public int BinanceSpotWeight { get; init; } = 6000;

    /// <summary>Request weight per minute of Binance USD-M.</summary>
    public int BinanceUsdmWeight { get; init; } = 2400;

    /// <summary>Requests per five minutes to fundingRate and fundingInfo together.</summary>
    public int BinanceUsdmFunding { get; init; } = 500;

    /// <summary>Refused requests after which Binance bans the client.</summary>
    public int BinancePatience { get; init; } = 10;

    /// <summary>Requests per five seconds to Bybit, over all paths; more is answered with 403 for ten minutes.</summary>
    public int BybitPerFiveSeconds { get; init; } = 600;

    /// <summary>Requests per second and path to Bybit; more is answered with retCode 10006. Public paths have none, so the default is off.</summary>
    public int BybitPerSecondAndPath { get; init; }

    /// <summary>Requests per minute to CoinGecko without a key.</summary>
    public int CoinGeckoKeyless { get; init; } = 15;

    /// <summary>Requests per minute to CoinGecko with the demo key.</summary>
    public int CoinGeckoDemo { get; init; } = 30;

    /// <summary>Requests per minute to CoinGecko with the pro key.</summary>
    public int CoinGeckoPro { get; init; } = 500;

    /// <summary>Requests per minute to FRED.</summary>
    public int FredPerMinute { get; init; } = 120;
}
