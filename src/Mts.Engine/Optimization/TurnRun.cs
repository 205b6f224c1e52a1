using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.Engine.Optimization;

/// <summary>Backtests of strategies that are known by their turns, one after the other in the same buffers: from turn to turn only money moves, with the same arithmetic as in the loop.</summary>
internal sealed class TurnRun(TurnMarket market, Objective objective)
{
    private readonly double[] daily = new double[market.DayEnds.Count + 2];
    private Account account = new(0);
    private MaxDrawdown drawdown = new(0, 0);
    private Int128 quantity;
    private double held;
    private int days;
    private int marked;

    /// <summary>What <see cref="Core.Ports.ITurningStrategy.TryFindTurns"/> fills for the next run.</summary>
    public List<int> Turns { get; } = [];

    /// <summary>The backtest of the strategy whose turns stand in <see cref="Turns"/>.</summary>
    public Trial Run(long combination)
    {
        Begin();
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            var until = turn + 1 < Turns.Count ? Turns[turn + 1] : market.Series.Length - 1;
            if (turn % 2 == 0) Enter(Turns[turn] + 1, until);
            else Leave(Turns[turn] + 1);
        }

        Mark(market.Series.Length);
        var final = account.Cash + Scaled.Value(quantity, Scaled.Price(market.Series.Closes[^1]));
        daily[days] = Scaled.ToDouble(final);
        return Trial.Of(combination, objective, market.Inputs, market.Options, daily, final, drawdown.Depth);
    }

    private void Begin()
    {
        var capital = (double)market.Options.Capital;
        account = new Account(Scaled.Amount(market.Options.Capital));
        drawdown = new MaxDrawdown(market.Inputs.Start.Micros, capital);
        (quantity, held, marked, daily[0], days) = (0, 0, 0, capital, 1);
        while (days <= market.DayEnds.Count && market.DayEnds[days - 1] < 0) daily[days++] = Math.Round(capital, 8);
    }

    // What does not buy a lot is tried again at every open, until the wish changes.
    private void Enter(int first, int last)
    {
        for (var bar = first; quantity == 0 && bar <= last; bar++)
        {
            var price = Scaled.Price(market.Series.Opens[bar]);
            var bought = market.Costs.Affordable(account.Cash, price, market.Lot);
            if (bought <= 0) continue;
            Mark(bar);
            var notional = market.Costs.Notional(Side.Buy, bought, price);
            account.Settle(Side.Buy, notional, market.Costs.FeeWithin(account.Cash, notional));
            Hold(bought);
        }
    }

    private void Leave(int bar)
    {
        if (quantity == 0 || bar >= market.Series.Length) return;
        Mark(bar);
        var notional = market.Costs.Notional(Side.Sell, quantity, Scaled.Price(market.Series.Opens[bar]));
        account.Settle(Side.Sell, notional, market.Costs.Fee(notional));
        Hold(0);
    }

    private void Hold(Int128 now) => (quantity, held) = (now, Scaled.ToDouble(now));

    /// <summary>Marks the closes of the bars before <paramref name="bar"/>, through which the present position was held.</summary>
    private void Mark(int bar)
    {
        var closes = market.Series.Closes;
        for (; days <= market.DayEnds.Count && market.DayEnds[days - 1] < bar; days++)
            daily[days] = Math.Round(account.CashValue + (held * closes[market.DayEnds[days - 1]]), 8);
        if (objective == Objective.Calmar)
        {
            for (var i = marked; i < bar; i++) drawdown.Add(i, account.CashValue + (held * closes[i]));
        }

        marked = bar;
    }
}
