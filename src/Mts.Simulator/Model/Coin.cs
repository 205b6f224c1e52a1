namespace Mts.Simulator.Model;

/// <summary>What the model needs to know of one coin.</summary>
/// <param name="Id">CoinGecko's id.</param>
/// <param name="Ticker">Upper case.</param>
/// <param name="Name">For people.</param>
/// <param name="Listed">First trade at the first exchange, UTC, on the hour.</param>
/// <param name="FirstPrice">US dollars at listing.</param>
/// <param name="AnchorPrice">US dollars around which the price moves at the start of 2026.</param>
/// <param name="Beta">Share in the market's return.</param>
/// <param name="Own">Daily deviation of the coin's own return.</param>
/// <param name="Turnover">Millions of US dollars traded per usual day at the largest spot market.</param>
/// <param name="Supply">Millions of coins in circulation.</param>
/// <param name="SpotPrice">Decimals of the spot price step.</param>
/// <param name="SpotLot">Decimals of the spot quantity step.</param>
/// <param name="PerpPrice">Decimals of the perpetual's price step.</param>
/// <param name="PerpLot">Decimals of the perpetual's quantity step.</param>
internal sealed record Coin(
    string Id, string Ticker, string Name, string Listed, double FirstPrice, double AnchorPrice, double Beta, double Own,
    double Turnover, double Supply, int SpotPrice, int SpotLot, int PerpPrice, int PerpLot)
{
    /// <summary>Held at one dollar.</summary>
    public bool IsStable { get; init; }

    /// <summary>Coins per unit of the perpetual: 1000 for 1000SHIBUSDT.</summary>
    public int PerpMultiplier { get; init; } = 1;

    /// <summary>Hours between two fundings of the perpetual.</summary>
    public int FundingHours { get; init; } = 8;

    public bool HasBinanceSpot { get; init; } = true;

    public bool HasPerpetual { get; init; } = true;

    /// <summary>The maximum supply in millions, or null where there is none.</summary>
    public double? MaxSupply { get; init; }

    public long ListedMs => DateTimeOffset.ParseExact(Listed, "yyyy-MM-dd'T'HH", null, System.Globalization.DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
