using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Storage;

/// <summary>Keys, bars and origins that the storage tests share.</summary>
internal static class StoreSamples
{
    public static readonly SeriesKey BtcDaily = new("binance", new Symbol("BTC", "USDT"), Interval.Day);

    public static readonly Asset Bitcoin = new("bitcoin", "BTC", "Bitcoin", "bitcoin", "BTCUSDT", "BTCUSDT");

    public static readonly AssetCatalog Assets = new([Bitcoin, new("ethereum", "ETH", "Ethereum", "ethereum", "ETHUSDT", "ETHUSDT")]);

    public static Timestamp Day(int number) => Timestamp.FromDate(new DateOnly(2024, 1, 1).AddDays(number));

    public static Bar Daily(int day, double close = 100, double volume = 5) => new(Day(day), close - 1, close + 2, close - 3, close, volume);

    public static Provenance From(string source, int fetchedDay = 400) => new(source, Day(fetchedDay), $"GET /{source}", "ab12");
}
