using System.Globalization;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>Two desks of two people who imported the same recorded days and the VIX, each for himself.</summary>
public sealed class RealMarket : IAsyncLifetime
{
    internal Desk Desk { get; } = new();

    internal Desk Other { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!SharedData.IsThere) return;
        await ImportAsync(Desk, "BTC", "ETH", "SOL");
        await ImportAsync(Other, "SOL", "ETH", "BTC");
    }

    /// <summary>Days of a year as the file has them, read without mts.</summary>
    internal static IReadOnlyList<ReferenceBar> Days(string ticker, int year) =>
    [
        .. File.ReadLines(SharedData.File($"market/binance_spot_api/{ticker}USDT_1d.csv")).Skip(1).Select(l => l.Split(','))
            .Select(f => new ReferenceBar(DateOnly.Parse(f[0].AsSpan(0, 10), CultureInfo.InvariantCulture), Value(f[1]), Value(f[2]), Value(f[3]), Value(f[4])))
            .Where(b => b.Day.Year == year),
    ];

    public ValueTask DisposeAsync()
    {
        Desk.Dispose();
        Other.Dispose();
        return ValueTask.CompletedTask;
    }

    private static decimal Value(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static async Task ImportAsync(Desk desk, params string[] tickers)
    {
        foreach (var ticker in tickers)
            (await desk.RunAsync($"data import {SharedData.File($"market/binance_spot_api/{ticker}USDT_1d.csv")} --venue binance --as-of 2026-01-06T12:20:00Z")).With(0);
        (await desk.RunAsync($"data import {SharedData.File("market/binance_spot_api/LTCUSDT_1h.csv.gz")} --venue binance --as-of 2026-01-06T12:20:00Z")).With(0);
        (await desk.RunAsync($"data import-macro {SharedData.File("macro/fred_csv/VIXCLS.csv")}")).With(0);
    }
}
