namespace Mts.Adapters.CoinGecko;

/// <summary>A coin's name at CoinGecko.</summary>
/// <param name="Id">Unique: <c>bitcoin</c>.</param>
/// <param name="Symbol">Lower case and shared by many coins; nothing may be found by it.</param>
/// <param name="Name">For people.</param>
public sealed record CoinName(string Id, string Symbol, string Name);

/// <summary>A coin's present price.</summary>
/// <param name="Id">The coin.</param>
/// <param name="Price">In the currency asked for.</param>
/// <param name="TrailingVolume">Of the trailing 24 hours, in that currency.</param>
/// <param name="UpdatedAt">When the price was seen, where the service says so.</param>
public sealed record CoinPrice(string Id, double Price, double? TrailingVolume, Timestamp? UpdatedAt);

/// <summary>A row of the table of coins by market capitalisation.</summary>
/// <param name="Name">The coin.</param>
/// <param name="Rank">1 for the largest; null where CoinGecko does not rank it.</param>
/// <param name="Price">In the currency asked for; null for a coin without a market.</param>
/// <param name="MarketCap">In that currency.</param>
/// <param name="TrailingVolume">Of the trailing 24 hours, in that currency.</param>
/// <param name="UpdatedAt">When the price was seen.</param>
public sealed record CoinMarket(CoinName Name, int? Rank, double? Price, double? MarketCap, double? TrailingVolume, Timestamp? UpdatedAt);
