using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using MacdIndicator = Mts.Core.Indicators.Macd;

namespace Mts.Strategies.Macd;

/// <summary>Long the whole share from where the MACD line crosses above its signal line until it crosses below; short below if asked for.</summary>
/// <remarks>
/// Appel, Technical Analysis: Power Tools for Active Investors, 2005 (the indicator is of 1979): line = EMA(fast) − EMA(slow) of closes, signal = EMA of the line;
/// smoothing 2/(span + 1), weights scaled to a sum of 1 from the first close on.
/// It acts by state, from the first bar with slow + signal − 1 closes behind it. Lines nearer than a million-millionth of the price count as equal, and change nothing.
/// </remarks>
internal sealed class MacdStrategy(int fast, int slow, int signal, bool sellsShort) : IStrategy
{
    private const double Noise = 1e-12;

    private State[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Macd", "Long while the MACD line is above its signal line, else flat, or short if asked for.",
        [
            new ParameterSpec("fast", 12, 1, 10_000, IsInteger: true, "span of the fast mean, bars"),
            new ParameterSpec("slow", 26, 2, 10_000, IsInteger: true, "span of the slow mean, bars, more than fast"),
            new ParameterSpec("signal", 9, 2, 10_000, IsInteger: true, "span of the signal line, bars"),
            new ParameterSpec("short", 0, 0, 1, IsInteger: true, "1 sells short as well"),
        ]),
        static p => Create((int)p["fast"], (int)p["slow"], (int)p["signal"], p["short"] > 0));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = slow + signal - 1, Capital = CapitalSharing.Equal };

    private static MacdStrategy Create(int fast, int slow, int signal, bool sellsShort) => fast < slow
        ? new MacdStrategy(fast, slow, signal, sellsShort)
        : throw new ConfigurationException($"strategy Macd: fast = {fast} must be less than slow = {slow}.");

    public void OnStart(IStrategyContext context) => states = [.. context.Instruments.Select(_ => new State(new MacdIndicator(fast, slow, signal)))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var state = states[entry.Instrument];
            state.Lines.Add(entry.Bar.Close);
            if (state.Bars < Needs.WarmUpBars) state.Bars++;
            if (state.Bars == Needs.WarmUpBars) Judge(state.Lines.Value!.Value, state.Lines.Signal!.Value, Noise * entry.Bar.Close, state.Stance, slice.Time);
            state.Stance.Say(Name, 1, entry, slice, context);
        }
    }

    private void Judge(double line, double mean, double noise, Stance stance, Timestamp time)
    {
        var below = sellsShort ? Direction.Short : Direction.Flat;
        var wanted = (line - mean) switch { var d when d > noise => Direction.Long, var d when d < -noise => below, _ => stance.Direction };
        if (wanted == stance.Direction) return;
        stance.Take(wanted, time, $"MACD({fast},{slow}) {Stance.Rounded(line)} {(line > mean ? "above" : "below")} its signal({signal}) {Stance.Rounded(mean)}");
    }

    private sealed class State(MacdIndicator lines)
    {
        public MacdIndicator Lines { get; } = lines;

        public Stance Stance { get; } = new();

        /// <summary>Seen so far, up to the warm-up.</summary>
        public int Bars { get; set; }
    }
}
