namespace Mts.Simulator.Model;

/// <summary>The coins of the model; steps and listing days follow those of the real markets, prices are only of their size.</summary>
internal static class Coins
{
    public static readonly IReadOnlyList<Coin> All =
    [
        new("bitcoin", "BTC", "Bitcoin", "2017-08-17T04", 4300, 88000, 1, 0.006, 2200, 19.97, 2, 5, 1, 3) { MaxSupply = 21 },
        new("ethereum", "ETH", "Ethereum", "2017-08-17T04", 300, 3000, 1.15, 0.016, 1400, 120.7, 2, 4, 2, 3),
        new("tether", "USDT", "Tether", "2017-01-01T00", 1, 1, 0, 0, 0, 187000, 4, 0, 4, 0) { IsStable = true, HasBinanceSpot = false, HasPerpetual = false },
        new("usd-coin", "USDC", "USDC", "2018-12-15T03", 1, 1, 0, 0, 900, 76000, 4, 0, 6, 0) { IsStable = true },
        new("binancecoin", "BNB", "BNB", "2017-11-06T03", 1.6, 860, 0.95, 0.018, 180, 137.7, 2, 3, 2, 2),
        new("solana", "SOL", "Solana", "2020-08-11T06", 3.2, 130, 1.3, 0.026, 480, 562, 2, 3, 2, 2),
        new("ripple", "XRP", "XRP", "2018-05-04T08", 0.86, 1.9, 1.05, 0.028, 330, 60600, 4, 1, 4, 1) { MaxSupply = 100000 },
        new("dogecoin", "DOGE", "Dogecoin", "2019-07-05T12", 0.004, 0.13, 1.2, 0.034, 160, 168000, 5, 0, 5, 0),
        new("cardano", "ADA", "Cardano", "2018-04-17T04", 0.25, 0.38, 1.15, 0.026, 70, 36000, 4, 1, 4, 0) { MaxSupply = 45000 },
        new("tron", "TRX", "TRON", "2018-06-11T11", 0.045, 0.28, 0.7, 0.020, 60, 94700, 4, 1, 5, 0),
        new("avalanche-2", "AVAX", "Avalanche", "2020-09-22T06", 5.3, 13, 1.3, 0.030, 45, 429, 2, 2, 3, 1) { MaxSupply = 720 },
        new("chainlink", "LINK", "Chainlink", "2019-01-16T10", 0.45, 12.5, 1.2, 0.029, 50, 708, 2, 2, 3, 2) { MaxSupply = 1000 },
        new("polkadot", "DOT", "Polkadot", "2020-08-18T23", 2.9, 1.9, 1.25, 0.027, 22, 1650, 3, 2, 3, 1),
        new("litecoin", "LTC", "Litecoin", "2017-12-13T03", 280, 78, 1.0, 0.022, 40, 76.7, 2, 3, 2, 3) { MaxSupply = 84 },
        new("bitcoin-cash", "BCH", "Bitcoin Cash", "2019-11-28T10", 210, 590, 1.0, 0.027, 35, 20, 1, 3, 2, 3) { MaxSupply = 21 },
        new("sui", "SUI", "Sui", "2023-05-03T12", 1.3, 1.45, 1.35, 0.033, 90, 3700, 4, 1, 4, 1) { MaxSupply = 10000 },
        new("uniswap", "UNI", "Uniswap", "2020-09-17T03", 3.4, 5.8, 1.25, 0.031, 30, 634, 3, 2, 3, 0),
        new("stellar", "XLM", "Stellar", "2018-05-31T09", 0.28, 0.21, 1.05, 0.027, 25, 32400, 4, 0, 5, 0) { MaxSupply = 50001.8 },
        new("hedera-hashgraph", "HBAR", "Hedera", "2019-09-29T04", 0.035, 0.115, 1.15, 0.030, 28, 42500, 5, 0, 5, 0) { MaxSupply = 50000 },
        new("the-open-network", "TON", "Toncoin", "2024-08-08T10", 6.4, 1.65, 1.0, 0.027, 18, 2440, 3, 2, 4, 1),
        new("shiba-inu", "SHIB", "Shiba Inu", "2021-05-10T11", 0.00003, 0.0000075, 1.2, 0.034, 30, 589_000_000, 8, 0, 6, 0) { PerpMultiplier = 1000 },
        new("near", "NEAR", "NEAR Protocol", "2020-10-14T04", 1.2, 1.55, 1.3, 0.031, 25, 1280, 3, 1, 3, 0),
        new("aptos", "APT", "Aptos", "2022-10-19T01", 8, 1.75, 1.25, 0.030, 18, 750, 3, 2, 4, 1),
        new("internet-computer", "ICP", "Internet Computer", "2021-05-11T01", 300, 3.1, 1.2, 0.030, 14, 545, 3, 2, 3, 0),
        new("ethereum-classic", "ETC", "Ethereum Classic", "2018-06-12T11", 14, 12, 1.1, 0.025, 12, 154.6, 2, 2, 3, 2) { MaxSupply = 210.7 },
        new("aave", "AAVE", "Aave", "2020-10-15T03", 52, 155, 1.25, 0.029, 25, 15.3, 2, 3, 2, 1) { MaxSupply = 16 },
        new("hyperliquid", "HYPE", "Hyperliquid", "2024-12-04T12", 12, 25, 1.2, 0.040, 60, 334, 3, 2, 3, 2) { HasBinanceSpot = false, FundingHours = 4, MaxSupply = 1000 },
        new("cosmos", "ATOM", "Cosmos Hub", "2019-04-22T08", 4.8, 2.1, 1.15, 0.027, 12, 480, 3, 2, 3, 2),
        new("filecoin", "FIL", "Filecoin", "2020-10-15T08", 60, 1.4, 1.2, 0.031, 16, 730, 3, 2, 3, 1),
        new("arbitrum", "ARB", "Arbitrum", "2023-03-23T15", 1.35, 0.19, 1.3, 0.033, 22, 5600, 4, 1, 4, 1),
        new("optimism", "OP", "Optimism", "2022-06-01T03", 1.4, 0.28, 1.35, 0.034, 18, 1900, 3, 2, 4, 1),
        new("pepe", "PEPE", "Pepe", "2023-05-05T16", 0.000003, 0.0000042, 1.4, 0.045, 80, 420_690_000, 8, 0, 7, 0) { PerpMultiplier = 1000, MaxSupply = 420_690_000 },
        new("polygon-ecosystem-token", "POL", "POL (ex-MATIC)", "2024-09-13T10", 0.38, 0.11, 1.2, 0.030, 12, 10500, 4, 1, 5, 0),
        new("bittensor", "TAO", "Bittensor", "2024-04-11T10", 560, 230, 1.35, 0.036, 20, 10.2, 1, 4, 2, 3) { FundingHours = 4, MaxSupply = 21 },
        new("vechain", "VET", "VeChain", "2018-07-25T04", 0.012, 0.011, 1.15, 0.028, 8, 86000, 5, 1, 6, 0),
        new("algorand", "ALGO", "Algorand", "2019-06-22T00", 3.3, 0.115, 1.15, 0.028, 9, 8800, 4, 0, 4, 1) { MaxSupply = 10000 },
    ];
}
