namespace Mts.Adapters.Bybit;

/// <summary>Bybit's own names for markets.</summary>
internal static class BybitNames
{
    public const string Spot = "spot";
    public const string Linear = "linear";

    public static string CategoryOf(Symbol symbol) => symbol.IsPerpetual ? Linear : Spot;

    /// <summary><c>BTCUSDT</c>; perpetuals settled in USDC are <c>BTCPERP</c>.</summary>
    public static string SymbolOf(Symbol symbol) => symbol is { Settle: "USDC", Quote: "USDC" } ? symbol.Base + "PERP" : symbol.Compact;
}
