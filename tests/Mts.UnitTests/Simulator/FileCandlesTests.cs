using Mts.Core;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator;

public sealed class FileCandlesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-files");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_replaces_the_model_for_its_symbol_and_longer_bars_are_its_sums()
    {
        Write("BTC-USDT-1h.csv", "timestamp,open,high,low,close,volume", "2026-11-20T00:00:00Z,100.5,110,99.25,105,1.5", "2026-11-20T01:00:00Z,105,120,104,119,2.25", "2026-11-20T03:00:00Z,119,121,90,91,1");
        var ask = new Ask(exchange: Exchange());

        var hours = Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1h");
        hours.GetArrayLength().ShouldBe(3);
        hours[0].GetRawText().ShouldStartWith("""[1763596800000,"100.50000000","110.00000000","99.25000000","105.00000000","1.50000000",""".Replace("1763596800000", Ask.Ms("2026-11-20T00:00Z").ToString(), StringComparison.Ordinal));
        var day = Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1d")[0];
        Enumerable.Range(1, 5).Select(i => decimal.Parse(day[i].GetString() ?? "")).ShouldBe([100.5m, 121m, 90m, 91m, 4.75m]);
        Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1m").GetArrayLength().ShouldBe(0);
        Ask.Json(ask.Spot, "/api/v3/klines?symbol=ETHUSDT&interval=1m").GetArrayLength().ShouldBe(500);
    }

    [Fact]
    public void A_row_that_has_not_ended_is_not_served()
    {
        Write("BTCUSDT-1h.csv", $"{Ask.Ms("2026-11-20T00:00Z")},1,2,0.5,1.5,1");
        var ask = new Ask(exchange: Exchange());
        Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1h", Ask.Ms("2026-11-20T00:59Z")).GetArrayLength().ShouldBe(0);
        Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1h", Ask.Ms("2026-11-20T01:00Z")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void A_symbol_that_the_model_lacks_is_listed_and_a_perpetual_only_among_perpetuals()
    {
        Write("FOOUSDT-1d.csv", "2026-11-20,1,2,0.5,1.5,1");
        Write("BAR-USDT-PERP-1d.csv", "2026-11-20,1,2,0.5,1.5,1");
        var ask = new Ask(exchange: Exchange());
        Ask.Json(ask.Bybit, "/v5/market/kline?category=spot&symbol=FOOUSDT&interval=D").GetProperty("result").GetProperty("list").GetArrayLength().ShouldBe(1);
        Ask.Reply(ask.Spot, "/api/v3/klines?symbol=BARUSDT&interval=1d").Status.ShouldBe(400);
        Ask.Json(ask.Usdm, "/fapi/v1/klines?symbol=BARUSDT&interval=1d").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void What_is_no_bar_is_named()
    {
        Write("BTCUSDT-1h.csv", "2026-11-20T00:00:00Z,1,2,half,1.5,1");
        Should.Throw<DataValidationException>(Exchange).Message.ShouldContain("half");
        Should.Throw<ConfigurationException>(() => FileCandles.ReadFolder(Path.Combine(folder.FullName, "nowhere")));
    }

    private Exchange Exchange() => new(7, FileCandles.ReadFolder(folder.FullName));

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(folder.FullName, name), lines);
}
