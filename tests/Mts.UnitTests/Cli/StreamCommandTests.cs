using System.Text.Json;
using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.UnitTests.Realtime;

namespace Mts.UnitTests.Cli;

public sealed class StreamCommandTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("stream --symbols NOPE", "", "--symbols: unknown asset 'NOPE'")]
    [InlineData("stream", "MTS__Realtime__Symbols", "realtime.symbols: unknown asset 'NOPE'")]
    [InlineData("run", "MTS__Realtime__Symbols", "realtime.symbols: unknown asset 'NOPE'")]
    [InlineData("run", "MTS__Run__Symbols", "run.symbols: unknown asset 'NOPE'")]
    public async Task An_unknown_symbol_stops_at_the_start_and_the_message_names_where_it_stands(string line, string variable, string says)
    {
        if (variable.Length > 0) run.Variables[variable] = "NOPE";
        (await run.RunAsync(line.Split(' '))).ShouldBe(2);
        run.Error.ShouldContain("error: " + says);
    }

    [Theory]
    [InlineData("stream --symbols BTC --markets spot --channels mark liquidation")]
    [InlineData("stream --symbols BTC/USDT:USDT --markets spot")]
    public async Task What_no_market_has_is_not_waited_for(string line)
    {
        (await run.RunAsync(line.Split(' '))).ShouldBe(2);
        run.Error.ShouldContain("there is nothing to follow");
    }

    [Fact]
    public void Streams_that_the_venue_refuses_stand_in_the_document_until_it_accepts_them()
    {
        var bench = new FeedBench(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT", "ETH/USDT"], null, Channel.Depth);
        var ledgers = new FeedLedgers();
        bench.Open().Frame("accept BTCUSDT Depth").Frame("unknown ETHUSDT Depth").Frame("refuse BTCUSDT Depth").Frame("accept BTCUSDT Depth");
        foreach (var note in bench.Notes) ledgers.OnConnection(note);

        using var buffer = new MemoryStream();
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartObject();
            FeedReport.Write(w, [bench.Feed], ledgers);
            w.WriteEndObject();
        }

        var failing = JsonDocument.Parse(buffer.ToArray()).RootElement.GetProperty("failing").EnumerateArray().ToList();
        failing.ShouldHaveSingleItem().GetProperty("stream").GetString().ShouldBe("ETH/USDT depth");
        failing[0].GetProperty("state").GetString().ShouldBe("subscription-unavailable");
        failing[0].GetProperty("since").GetString().ShouldBe(bench.Now.ToString());
    }
}
