using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Strategies.Dca;

/// <summary>Buys for a fixed part of the first capital every few days, as long as there is cash, and never sells.</summary>
/// <remarks>Dollar cost averaging: the baseline for who invests an income and not a sum. The days are counted from the first bar; a bar that is missing is made up for at the next one.</remarks>
internal sealed class DcaStrategy(double part, double everyDays) : IStrategy
{
    private State[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Dca", "Buys for a fixed part of the first capital every few days and never sells: the baseline for regular investing.",
        [
            new ParameterSpec("part", 0.02, 0.0001, 1, IsInteger: false, "each purchase, a fraction of the first capital"),
            new ParameterSpec("every_days", 7, 0.01, 3_650, IsInteger: false, "days from one purchase to the next"),
        ]),
        static p => new DcaStrategy(p["part"], p["every_days"]));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = 1, Capital = CapitalSharing.Equal };

    public void OnStart(IStrategyContext context) => states = [.. context.Instruments.Select(_ => new State())];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var state = states[entry.Instrument];
            if (state.Next is { } next && slice.Time < next) continue;
            if (state.Next is null) state.Capital = context.Equity(entry.Instrument);
            Buy(state, entry, slice, context);
            state.Wanted.Say(Name, entry, slice, context);
            state.Next = After(state.Next ?? slice.Time, slice.Time);
        }
    }

    // What an earlier purchase spent less than its part, for the price had moved until it was filled, the next one makes good.
    private void Buy(State state, in SliceBar entry, in MarketSlice slice, IStrategyContext context)
    {
        var (position, equity, held) = (context.Position(entry.Instrument), context.Equity(entry.Instrument), WantedWeight.Held(entry, context));
        var spent = position.Quantity * position.EntryPrice;
        // What is left for less than a hundredth of a purchase is spent, and so is what the last one could not buy with.
        if ((1 - held) * equity < part * state.Capital / 100 || (state.IsLast && spent > 0 && spent == state.Spent)) return;
        state.Spent = spent;
        var due = Math.Min(1, part * ++state.Purchases);
        state.IsLast = due >= 1;
        var wanted = Math.Clamp(held + (((due * state.Capital) - spent) / equity), held, 1);
        state.Wanted.Want(wanted, held, 0, slice.Time, $"purchase {state.Purchases}: {100 * part:0.##} % of the first capital, {100 * wanted:0.##} % of equity then held");
    }

    private Timestamp After(Timestamp due, Timestamp now)
    {
        while (due <= now) due += TimeSpan.FromDays(everyDays);
        return due;
    }

    private sealed class State
    {
        public WantedWeight Wanted { get; } = new();

        /// <summary>When the next purchase is due; null before the first.</summary>
        public Timestamp? Next { get; set; }

        /// <summary>Quote units at the first bar.</summary>
        public double Capital { get; set; }

        public int Purchases { get; set; }

        /// <summary>Quote units without fees, before the last purchase.</summary>
        public double Spent { get; set; }

        /// <summary>Whether all of the capital was due.</summary>
        public bool IsLast { get; set; }
    }
}
