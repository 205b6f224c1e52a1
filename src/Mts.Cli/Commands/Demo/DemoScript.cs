namespace Mts.Cli.Commands.Demo;

/// <summary>What the demo shows, in commands that anybody can type.</summary>
internal static class DemoScript
{
    public static IReadOnlyList<(string Title, IReadOnlyList<string> Arguments)> Steps(string folder) =>
    [
        ("Daily bars from Binance", Words("collect --days 500 --symbols BTC ETH SOL")),
        ("Hourly bars from Bybit", Words("collect --days 7 --symbols BTC --interval 1h --source bybit")),
        ("Prices from CoinGecko", Words("collect --days 30 --symbols BTC --source coingecko")),
        ("Macro series from FRED", Words("collect-macro --macro-indicators VIX DXY TREASURY_10Y FED_FUNDS_RATE --days 700")),
        ("Funding of perpetuals", Words("collect-funding --days 30 --symbols BTC ETH")),
        ("What there is now", Words("data status")),
        ("Is it what was written?", Words("data verify")),
        ("What the strategies think now", Words("signals --symbols BTC ETH SOL --strategy VixCorrelation MeanReversion Momentum Volatility SmaCross")),
        ("A strategy judged on the past", [.. Words("backtest --symbols BTC --strategy SmaCross --report"), Path.Combine(folder, "report.html")]),
    ];

    private static string[] Words(string line) => line.Split(' ');
}
