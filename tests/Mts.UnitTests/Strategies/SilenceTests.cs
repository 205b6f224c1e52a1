using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

/// <summary>A bar about which nothing is said costs no memory.</summary>
public sealed class SilenceTests
{
    [Theory]
    [InlineData("RsiReversal")]
    [InlineData("BollingerBreakout")]
    [InlineData("Macd")]
    [InlineData("Donchian")]
    [InlineData("CrossSectionalMomentum")]
    public void Allocates_nothing_where_nothing_is_said(string name)
    {
        var strategy = new StrategyCatalog().Create(name, new Dictionary<string, string>());
        var context = new Follower();
        strategy.OnStart(context);
        var (first, second) = (Days.Walk(1, 400, 0.05), Days.Walk(2, 400, 0.05));
        var bars = new SliceBar[2];
        for (var i = 0; i < 400; i++) Step(i, first[i], second[i]);
        for (var i = 400; i < 1_400; i++) Step(i, first[^1], second[^1]);
        var said = context.Said;
        said.ShouldBeGreaterThan(0);
        var day = 1_400;
        Allocated.By(() =>
        {
            for (var end = day + 2_000; day < end; day++) Step(day, first[^1], second[^1]);
        }).ShouldBe(0);
        context.Said.ShouldBe(said);

        void Step(int number, double a, double b)
        {
            bars[0] = new SliceBar(0, new Bar(Days.At(number), a, a, a, a, 1));
            bars[1] = new SliceBar(1, new Bar(Days.At(number), b, b, b, b, 1));
            strategy.OnSlice(new MarketSlice(Days.At(number + 1), bars), context);
        }
    }

    /// <summary>Holds at once what is asked for.</summary>
    private sealed class Follower : IStrategyContext
    {
        private readonly PositionView[] positions = new PositionView[2];

        public int Said { get; private set; }

        public IReadOnlyList<Mts.Core.Trading.Fill> Fills => [];

        public IReadOnlyList<RunInstrument> Instruments { get; } =
            [.. new[] { "AAA", "BBB" }.Select(a => new RunInstrument(a, new SeriesKey("test", new Symbol(a, "USDT"), Interval.Day), HasVolume: true))];

        public double Equity(int instrument) => 1;

        public PositionView Position(int instrument) => positions[instrument];

        public PastBars Past(int instrument) => throw new NotSupportedException("These strategies keep their own windows.");

        public ReadOnlySpan<MacroObservation> Macro(string seriesId) => [];

        public void Emit(Signal signal)
        {
            positions[signal.Instrument] = new PositionView((int)signal.Direction, signal.Price, signal.Time);
            Said++;
        }
    }
}
