using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

/// <summary><c>mts backtest --book</c> on recordings in the venue's own shape.</summary>
public sealed class BookFlagTests : IDisposable
{
    private readonly CliRun run = new();

    public BookFlagTests()
    {
        run.Write("spot.txt", Recording(depth: true, trades: true));
        run.Write("silent.txt", Recording(depth: true, trades: false));
        run.Write("blind.txt", Recording(depth: false, trades: true));
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Bars_are_made_of_the_trades_and_signals_take_the_depth()
    {
        (await RunAsync("--book", "spot.txt", "--venue", "binance", "--market", "spot", "--json")).ShouldBe(0, run.Error);
        var result = JsonDocument.Parse(run.Out).RootElement;
        result.GetProperty("run").GetProperty("execution").GetProperty("queue").GetString().ShouldBe("risk-averse");
        result.GetProperty("run").GetProperty("slippage_bps").GetInt32().ShouldBe(0);
        result.GetProperty("metrics").GetProperty("bars").GetInt32().ShouldBe(8); // from 23:54:14.25 to 23:54:23.75 eight are whole
        result.GetProperty("book").GetProperty("markets")[0].GetRawText().ShouldBe("""{"symbol":"BTC/USDT","updates":20,"trades":20,"losses":0}""");
        // 5 at 101 and the rest at 102: 100000 less the fee of 0.1 % buys 980.4 in all.
        result.GetProperty("open_positions")[0].GetProperty("entry_price").GetDouble().ShouldBeInRange(101.99, 102);
    }

    [Fact]
    public async Task The_text_says_what_was_met_also_where_nothing_waited()
    {
        (await RunAsync("--book", "spot.txt", "--venue", "binance", "--market", "spot")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("book BTC/USDT: 20 updates, 20 trades, 0 times not to be believed");
        run.Out.ShouldContain("queue risk-averse: 0 limit orders waited, 0 fills of orders");
    }

    [Theory]
    [InlineData(2, "'soon' is no queue model", "--book", "spot.txt", "--venue", "binance", "--market", "spot", "--queue", "soon")]
    [InlineData(2, "'power:0' is no queue model", "--book", "spot.txt", "--venue", "binance", "--market", "spot", "--queue", "power:0")]
    [InlineData(2, "--queue needs --book", "--symbols", "BTC", "--queue", "log")]
    [InlineData(2, "--volume-share does not go with --book", "--book", "spot.txt", "--venue", "binance", "--market", "spot", "--volume-share", "0.1")]
    [InlineData(2, "--data does not go with --book", "--book", "spot.txt", "--data", "spot.txt")]
    [InlineData(2, "a recording does not say whose it is", "--book", "spot.txt")]
    [InlineData(3, "does not exist", "--book", "nothing.txt", "--venue", "binance", "--market", "spot")]
    [InlineData(3, "the recording has no market ETH; there is binance BTC/USDT", "--book", "spot.txt", "--venue", "binance", "--market", "spot", "--symbols", "ETH")]
    [InlineData(3, "no order book that is ever VALID", "--book", "blind.txt", "--venue", "binance", "--market", "spot")]
    [InlineData(3, "has no trades", "--book", "silent.txt", "--venue", "binance", "--market", "spot")]
    [InlineData(3, "holds no whole 1h bar", "--book", "spot.txt", "--venue", "binance", "--market", "spot", "--interval", "1h")]
    public async Task What_cannot_be_is_told_with_its_code(int code, string says, params string[] arguments)
    {
        (await RunAsync(arguments)).ShouldBe(code, run.Out + run.Error);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    private Task<int> RunAsync(params string[] arguments) => run.RunAsync(
        ["backtest", "--strategy", "BuyHold", .. arguments, .. arguments.Contains("--interval") ? Array.Empty<string>() : ["--interval", "1s"]]);

    // Ten seconds from 23:54:14.25 on: each half second an update of the bid and a trade at it.
    private static string Recording(bool depth, bool trades)
    {
        var text = new StringBuilder();
        var micros = 1_723_161_254_250_000;
        if (depth) Line("""{"lastUpdateId":100,"bids":[["100.00","5"],["99.00","5"]],"asks":[["101.00","5"],["102.00","5000"]]}""");
        for (var i = 1; i <= 20; i++, micros += 500_000)
        {
            if (depth) Line($$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":{{{micros / 1_000}}},"s":"BTCUSDT","U":{{{100 + i}}},"u":{{{100 + i}}},"b":[["100.00","{{{5 + i}}}"]],"a":[]}}""");
            if (trades) Line($$$"""{"stream":"btcusdt@trade","data":{"e":"trade","E":{{{micros / 1_000}}},"s":"BTCUSDT","t":{{{i}}},"p":"100.00","q":"0.1","T":{{{micros / 1_000}}},"m":true,"M":true}}""");
        }

        return text.ToString();

        void Line(string message) => text.Append(CultureInfo.InvariantCulture, $"{micros}000 {message}\n");
    }
}
