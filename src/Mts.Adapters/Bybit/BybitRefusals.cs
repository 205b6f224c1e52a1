using Mts.Adapters.Venues;

namespace Mts.Adapters.Bybit;

/// <summary>What Bybit's streams mean by a no; they give no code, only words.</summary>
internal static class BybitRefusals
{
    private static readonly string[] unknown = ["handler not found", "invalid symbol", "invalid topic", "symbol not", "not exist", "not support"];
    private static readonly string[] busy = ["too many visits", "too frequent", "rate limit", "server error", "server timeout", "system busy"];

    public static Refusal Of(string words) => Has(words, unknown) ? Refusal.Unknown : Has(words, busy) ? Refusal.Busy : Refusal.Unclear;

    private static bool Has(string words, string[] parts) => Array.Exists(parts, p => words.Contains(p, StringComparison.OrdinalIgnoreCase));
}
