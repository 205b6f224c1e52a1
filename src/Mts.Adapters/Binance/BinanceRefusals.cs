using Mts.Adapters.Venues;

namespace Mts.Adapters.Binance;

/// <summary>What Binance's streams mean by a no.</summary>
/// <remarks>
/// Codes 0 to 3: https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams; the negative ones are those of the request interface. A stream
/// that does not exist is acknowledged and stays silent.
/// </remarks>
internal static class BinanceRefusals
{
    public static Refusal Of(long code, string words) => code switch
    {
        -1003 or -1008 or -1015 or 429 => Refusal.Busy,
        2 or (<= -1100 and >= -1130) => Refusal.Unknown,
        _ when words.Contains("too many requests", StringComparison.OrdinalIgnoreCase) => Refusal.Busy,
        _ => Refusal.Unclear,
    };
}
