using System.Security.Cryptography;
using System.Text;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Strategies;

/// <summary>Whole backtests over real days of BTC/USDT and ETH/USDT, where the variable MTS_DATA names a folder with them.</summary>
/// <remarks>Each trade list is pinned by its hash in CatalogBacktests.txt: whatever changes a rule, an indicator or the engine shows here. Where that was meant, the new hash is the new truth.</remarks>
public sealed class CatalogBacktestTests
{
    private static readonly Lazy<BacktestInputs> Data = new(Load);

    private static readonly Dictionary<string, string> Golden = File.ReadLines(Path.Combine(Repository.Root, "tests/Mts.UnitTests/Strategies/CatalogBacktests.txt"))
        .Where(l => !l.StartsWith('#')).ToDictionary(l => l.Split(' ')[0], l => l);

    public static TheoryData<string> Names => [.. Golden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Trades_as_it_always_has(string name)
    {
        var (first, second) = (Run(name), Run(name));
        var list = List(first);
        List(second).ShouldBe(list);
        first.Metrics.FinalEquity.ShouldBeInRange(1_000, 100_000_000);
        first.Trades.ShouldAllBe(t => t.Quantity > 0 && t.EntryTime <= t.ExitTime && t.Reason.Length > 0);
        $"{name} {first.Trades.Count} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)))[..16]}".ShouldBe(Golden[name], $"{first.Metrics.FinalEquity}");
    }

    private static string List(BacktestResult result) => string.Join(
        '\n', result.Trades.Select(t => $"{t.Symbol} {t.Side} {t.Quantity} {t.EntryTime} {t.EntryPrice} {t.ExitTime} {t.ExitPrice} {t.Pnl}").Concat(result.OpenPositions.Select(p => $"{p.Symbol} {p.Side} {p.Quantity} {p.EntryTime} {p.EntryPrice}")));

    private static BacktestResult Run(string name) =>
        Runs.Run(new StrategyCatalog().Create(name, new Dictionary<string, string>()), new BacktestOptions { AllowShort = true }, Data.Value);

    private static BacktestInputs Load()
    {
        var folder = Environment.GetEnvironmentVariable("MTS_DATA");
        if (folder is null || !Directory.Exists(Path.Combine(folder, "market"))) Assert.Skip("MTS_DATA names no folder with market data.");
        BarSeries[] series = [Days("BTC"), Days("ETH")];
        return Runs.Inputs(series) with { Macro = MacroOf(folder!), };

        BarSeries Days(string asset) => BarSeries.From(
            new SeriesKey("binance", new Symbol(asset, "USDT"), Interval.Day), true,
            [.. Fields(Path.Combine(folder!, $"market/binance_spot_api/{asset}USDT_1d.csv")).Select(f => new Bar(Timestamp.Parse(f[0]), double.Parse(f[1]), double.Parse(f[2]), double.Parse(f[3]), double.Parse(f[4]), double.Parse(f[5])))]);
    }

    // There is no file of the two year yield nor of the credit spread: real series of like size stand in for them.
    private static Dictionary<string, IReadOnlyList<MacroObservation>> MacroOf(string folder) => new()
    {
        ["VIXCLS"] = Read(folder, "VIXCLS", "VIXCLS", 1), ["DTWEXBGS"] = Read(folder, "DTWEXBGS", "DTWEXBGS", 1), ["DGS10"] = Read(folder, "DGS10", "DGS10", 1),
        ["DGS2"] = Read(folder, "SOFR", "DGS2", 1), ["BAMLH0A0HYM2"] = Read(folder, "VIXCLS", "BAMLH0A0HYM2", 0.2),
    };

    private static IReadOnlyList<MacroObservation> Read(string folder, string file, string id, double scale)
    {
        var series = MacroCatalog.Find(id);
        return
        [
            .. Fields(Path.Combine(folder, $"macro/fred_csv/{file}.csv")).Where(f => string.CompareOrdinal(f[0], "2016") > 0)
                .Select(f => new MacroObservation(DateOnly.Parse(f[0]), double.TryParse(f[1], out var v) ? v * scale : null, series.KnownTime(DateOnly.Parse(f[0])))),
        ];
    }

    private static IEnumerable<string[]> Fields(string path) => File.ReadLines(path).Where(l => char.IsAsciiDigit(l[0])).Select(l => l.Split(','));
}
