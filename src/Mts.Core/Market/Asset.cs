namespace Mts.Core.Market;

/// <summary>What is traded, whoever sells it.</summary>
/// <param name="Id">The name used everywhere in the product: <c>bitcoin</c>.</param>
/// <param name="Ticker">Upper case: <c>BTC</c>.</param>
/// <param name="Name">For people: <c>Bitcoin</c>.</param>
/// <param name="CoinGeckoId">The vendor's id; never guessed from the ticker, which many coins share.</param>
/// <param name="BinanceSymbol">The venue's spot market, <c>BTCUSDT</c>; null where it has none.</param>
/// <param name="BybitSymbol">Likewise.</param>
/// <param name="PrimaryVenue">The venue whose daily spot series <c>crypto_ohlcv</c> shows; null for the first that has one.</param>
public sealed record Asset(
    string Id, string Ticker, string Name, string CoinGeckoId, string? BinanceSymbol, string? BybitSymbol, string? PrimaryVenue = null)
{
    /// <summary>The asset's market at <paramref name="venue"/>, or null where the venue does not list it.</summary>
    public Symbol? MarketAt(string venue) => venue switch
    {
        "binance" => BinanceSymbol is null ? null : Symbol.Parse(BinanceSymbol),
        "bybit" => BybitSymbol is null ? null : Symbol.Parse(BybitSymbol),
        "coingecko" => new Symbol(Ticker, "USD"),
        _ => new Symbol(Ticker, "USDT"),
    };
}
