using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime.Recording;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Realtime.Recording;

public sealed class SpreadRecorderTests
{
    private static readonly Instrument Here = new("binance", new Symbol("BTC", "USDT"));
    private static readonly Instrument There = new("bybit", new Symbol("BTC", "USDT"));
    private static readonly Timestamp Noon = Timestamp.Parse("2024-01-02T12:00:00Z");

    private readonly ScriptedSink sink = new("a");

    [Fact]
    public void An_opportunity_is_one_row_with_its_figures_at_their_best()
    {
        var recorder = new Recorder(new RecorderOptions(), [sink], new ManualTimeProvider(), NullLogger<Recorder>.Instance);
        var spreads = new SpreadRecorder(recorder);
        // 2 × (101 − 100) = 2 gross, less 0.5 fees and 0.5 transfer: 1 on 200, 50 bps.
        var seen = new Sighting(Noon, new Execution(2, 100, 101, 0.5, 0, 0.5));
        var opened = new Opportunity { Id = "1", Kind = PairKind.Spot, Buy = Here, Sell = There, First = seen, Best = seen, Last = seen, Sightings = 1 };

        spreads.Record(opened);
        spreads.Record(opened with { Ended = Noon + TimeSpan.FromSeconds(3), End = OpportunityEnd.TooOld });
        recorder.Step();

        var row = sink.Batches.ShouldHaveSingleItem().Opportunities.ShouldHaveSingleItem();
        (row.FirstSeen, row.Ended, row.EndReason, row.NetProfit).ShouldBe((Noon, Noon + TimeSpan.FromSeconds(3), "TooOld", 1));
        row.Best.ShouldBe(new CrossSpreadRow("binance", Here.Symbol, "bybit", There.Symbol, Noon, 2, 100, 101, 100, 50));
    }

    [Fact]
    public void A_spread_that_pays_at_no_size_has_the_figures_of_the_first_notional_and_one_without_figures_no_row()
    {
        var recorder = new Recorder(new RecorderOptions(), [sink], new ManualTimeProvider(), NullLogger<Recorder>.Instance);
        var spreads = new SpreadRecorder(recorder);
        var nothing = new CrossSpread(PairKind.Spot, Here, There, Noon) { BuyPrice = 100, SellPrice = 99, MidDifference = 0, Age = TimeSpan.Zero, Skew = TimeSpan.Zero, SkewUncertainty = TimeSpan.Zero };

        spreads.Record(nothing);
        // 2 × (99 − 100) = −2 gross, less 0.5 fees: −2.5 on 200, −125 bps.
        spreads.Record(nothing with { ForNotionals = [null, new Execution(2, 100, 99, 0.5, 0, 0)] });
        recorder.Step();

        sink.Batches.ShouldHaveSingleItem().CrossSpreads.ShouldBe([new CrossSpreadRow("binance", Here.Symbol, "bybit", There.Symbol, Noon, 2, 100, 99, -100, -125)]);
    }
}
