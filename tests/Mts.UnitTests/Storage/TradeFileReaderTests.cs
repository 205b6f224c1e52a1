using System.IO.Compression;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Trades;

namespace Mts.UnitTests.Storage;

public sealed class TradeFileReaderTests : IDisposable
{
    private static readonly PublicTrade First = new(Timestamp.FromUnixMilliseconds(1_700_000_000_123), 35_000.10m, 0.5m);
    private static readonly PublicTrade Second = new(Timestamp.FromUnixMilliseconds(1_700_000_000_456), 34_999.9m, 0.25m);
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("11,35000.10,0.5,17500.05,1700000000123,True,True\n12,34999.9,0.25,8749.975,1700000000456,False,True\n")]
    [InlineData("11,35000.10,0.5,17500.05,1700000000123000,True,True\n12,34999.9,0.25,8749.975,1700000000456000,False,True\n")]
    [InlineData("id,price,qty,quote_qty,time,is_buyer_maker\n11,35000.10,0.5,17500.05,1700000000123,true\n12,34999.9,0.25,8749.975,1700000000456,false\n")]
    [InlineData("timestamp,symbol,side,size,price,tickDirection,trdMatchID\n1700000000.123,BTCUSDT,Buy,0.5,35000.10,PlusTick,aa-1\n1700000000.456,BTCUSDT,Sell,0.25,34999.9,MinusTick,aa-2\n")]
    [InlineData("time,price,amount\n2023-11-14T22:13:20.123Z,35000.10,0.5\n2023-11-14T22:13:20.456Z,34999.9,0.25\n")]
    [InlineData("[[1700000000123,\"11\",null,\"sell\",35000.10,0.5,17500.05],[1700000000456,\"12\",null,\"buy\",34999.9,2.5e-1,8749.975]]")]
    public void Every_dialect_says_the_same(string text)
    {
        var file = Read(text);
        file.Trades.ShouldBe([First, Second]);
        (file.Duplicates, file.Refused, file.IsSorted).ShouldBe((0, 0, true));
    }

    [Fact]
    public void An_aggregated_trade_counts_for_those_in_it() =>
        Read("7,35000.10,0.5,100,104,1700000000123,True,True\n8,34999.9,0.25,105,105,1700000000456,False,True\n").Trades.ShouldBe([First with { Count = 5 }, Second]);

    [Fact]
    public void Rows_that_are_no_trades_and_trades_told_twice_are_left_out_and_counted()
    {
        var file = Read("id,price,qty,time\n2,34999.9,0.25,1700000000456\n1,35000.10,0.5,1700000000123\n2,34999.9,0.25,1700000000456\n3,0,1,1700000000500\n4,x,1,1700000000500\n");
        file.Trades.ShouldBe([First, Second]);
        (file.Duplicates, file.Refused, file.IsSorted).ShouldBe((1, 2, false));
        file.FirstRefused!.ShouldContain("line 5");
    }

    [Theory]
    [InlineData("open,high,low,close\n1,2,3,4\n", "no file of trades")]
    [InlineData("[[1700000000123,\"11\",null,\"sell\",35000.10", "no whole list of trades")]
    [InlineData("[]", "no trade")]
    [InlineData("id,price,qty,time\n1,-5,1,1700000000123\n", "line 2")]
    public void What_is_no_file_of_trades_is_refused(string text, string expected) =>
        Should.Throw<DataValidationException>(() => Read(text)).Message.ShouldContain(expected);

    [Fact]
    public void Bars_of_trades_come_back_from_their_file_with_their_close_times()
    {
        TradeBar[] bars =
        [
            new(new Bar(First.Time, 35_000.1, 35_001, 34_999.9, 35_000, 1.25), Second.Time, 7, 43_750.5m),
            new(new Bar(Timestamp.FromUnixMilliseconds(1_700_000_009_000), 35_000, 35_000, 35_000, 35_000, 0.1), Timestamp.FromUnixMilliseconds(1_700_000_009_000), 1, 3_500m, -2, 34_990m),
        ];
        TradeBarFile.Write(folder.File("bars.csv"), bars);
        TradeBarFile.IsOne(folder.File("bars.csv")).ShouldBeTrue();
        var series = TradeBarFile.Read(folder.File("bars.csv"), "file", Symbol.Parse("BTC/USDT"));
        series.Key.Interval.ShouldBe(Interval.Irregular);
        Enumerable.Range(0, 2).Select(i => (series[i], series.CloseTime(i))).ShouldBe([.. bars.Select(b => (b.Bar, b.CloseTime))]);
        File.ReadAllLines(folder.File("bars.csv"))[2].ShouldBe("2023-11-14T22:13:29Z,2023-11-14T22:13:29Z,35000,35000,35000,35000,0.1,1,3500,-2,34990");
    }

    [Fact]
    public void A_bar_that_opens_before_the_last_one_closed_is_refused_with_its_line()
    {
        const string Header = "open_time,close_time,open,high,low,close,volume,trades,quote_volume,bricks,level\n";
        File.WriteAllText(folder.File("bars.csv"), Header + "2024-01-01T00:00:00Z,2024-01-01T00:00:09Z,1,1,1,1,1,1,1,,\n2024-01-01T00:00:09Z,2024-01-01T00:00:10Z,1,1,1,1,1,1,1,,\n");
        Should.Throw<DataValidationException>(() => TradeBarFile.Read(folder.File("bars.csv"), "file", Symbol.Parse("BTC/USDT"))).Message.ShouldContain("line 3");
    }

    [Fact]
    public void Real_trades_of_freqtrade_make_bars_of_every_kind()
    {
        if (Environment.GetEnvironmentVariable("MTS_DATA") is not { } data) Assert.Skip("MTS_DATA names no folder of real data");
        else
        {
            var file = TradeFileReader.Read([Path.Combine(data, "market/trades/XRP_ETH-trades.json.gz")]);
            (file.Trades.Count, file.Refused, file.Trades[0].Price, file.Trades[0].Quantity).ShouldBe((12_477, 0, 0.00141342m, 23m));
            foreach (var (kind, size) in ((TradeBarKind, decimal)[])[(TradeBarKind.Tick, 100), (TradeBarKind.Volume, 20_000), (TradeBarKind.Value, 25), (TradeBarKind.Renko, 0.000005m)])
            {
                var (builder, volume, trades, bars) = (new TradeBarBuilder(kind, size), 0.0, 0L, 0);
                foreach (var trade in file.Trades)
                {
                    if (!builder.TryAdd(trade, out var bar)) continue;
                    (volume, trades, bars) = (volume + bar.Bar.Volume, trades + bar.Trades, bars + 1);
                    BarRules.Broken(bar.Bar, Interval.Irregular, Timestamp.MaxValue, hasVolume: true).ShouldBeNull();
                }

                (trades + builder.Waiting).ShouldBe(file.Trades.Count);
                bars.ShouldBeGreaterThan(30, kind.ToString());
            }
        }
    }

    private TradeFile Read(string text)
    {
        var plain = folder.File("trades.txt");
        File.WriteAllText(plain, text);
        if (!text.StartsWith('[')) return TradeFileReader.Read([plain]);
        using (var packed = new GZipStream(File.Create(folder.File("trades.json.gz")), CompressionLevel.Fastest)) packed.Write(File.ReadAllBytes(plain));
        return TradeFileReader.Read([folder.File("trades.json.gz")]);
    }
}
