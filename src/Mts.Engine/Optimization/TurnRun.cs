using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Optimization;

/// <summary>Backtests of strategies that are known by their turns, one after the other in the same buffers: from turn to turn only money moves, with the same arithmetic as in the loop.</summary>
internal sealed class TurnRun(TurnMarket market, Goal goal) : ITrialFigures
{
    private static readonly string[] Known =
        ["sharpe", "sortino", "volatility", "total_return", "final_equity", "cagr", "calmar", "max_drawdown", "trades", "win_rate", "profit_factor", "expectancy", "fees"];

    private readonly double[] daily = new double[market.DayEnds.Count + 2];
    private readonly bool followsDrawdown = goal.Asked.Any(m => m.Name is "calmar" or "max_drawdown");
    private double[] returns = [];
    private Account account = new(0);
    private MaxDrawdown drawdown = new(0, 0);
    private TurnTrades trades;
    private WideInt quantity;
    private WideInt final;
    private double held;
    private int days;
    private int marked;

    /// <summary>What <see cref="Core.Ports.ITurningStrategy.TryFindTurns"/> fills for the next run.</summary>
    public List<int> Turns { get; } = [];

    /// <summary>Whether a run from turn to turn tells this figure.</summary>
    public static bool Knows(Metric metric) => Known.Contains(metric.Name);

    /// <summary>The backtest of the strategy whose turns stand in <see cref="Turns"/>.</summary>
    public Trial Run(long combination, bool keepsDays = false)
    {
        Begin();
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            var until = turn + 1 < Turns.Count ? Turns[turn + 1] : market.Series.Length - 1;
            if (turn % 2 == 0) Enter(Math.Max(market.First, Turns[turn] + 1), until);
            else Leave(Turns[turn] + 1);
        }

        Mark(market.Series.Length);
        final = account.Cash + Scaled.Value(quantity, Scaled.Price(market.Series.Closes[^1]));
        daily[days] = Scaled.ToDouble(final);
        returns = Returns.Of(daily);
        var trial = Trial.Of(combination, goal, this, returns);
        return keepsDays ? trial with { Days = new DayRun(returns, trades.Count, HorizonDays: 0) } : trial;
    }

    double? ITrialFigures.Of(Metric metric) => metric.Name switch
    {
        "sharpe" => SharpeRatio.Of(returns, 365),
        "sortino" => SortinoRatio.Of(returns, 365),
        "volatility" => Volatility.Of(returns, 365),
        "total_return" => Total(),
        "final_equity" => (double)Scaled.ToDecimal(final),
        "cagr" => Growth(),
        "calmar" => CalmarRatio.Of(Growth(), drawdown.Depth),
        "max_drawdown" => drawdown.Depth,
        _ => trades.Of(metric.Name),
    };

    private double Total() => (double)(Scaled.ToDecimal(final) / market.Options.Capital) - 1;

    private double? Growth() => Cagr.Of(Total(), (market.Inputs.End - market.Inputs.Start).TotalDays);

    private void Begin()
    {
        var capital = (double)market.Options.Capital;
        account = new Account(Scaled.Amount(market.Options.Capital));
        drawdown = new MaxDrawdown(market.Inputs.Start.Micros, capital);
        trades = default;
        (quantity, held, marked, daily[0], days) = (0, 0, market.First, capital, 1);
        while (days <= market.DayEnds.Count && market.DayEnds[days - 1] < market.First) daily[days++] = Math.Round(capital, 8);
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
            var fee = market.Costs.FeeWithin(account.Cash, notional);
            account.Settle(Side.Buy, notional, fee);
            trades.Enter(notional, fee);
            Hold(bought);
        }
    }

    private void Leave(int bar)
    {
        if (quantity == 0 || bar >= market.Series.Length) return;
        Mark(bar);
        var notional = market.Costs.Notional(Side.Sell, quantity, Scaled.Price(market.Series.Opens[bar]));
        var fee = market.Costs.Fee(notional);
        account.Settle(Side.Sell, notional, fee);
        trades.Leave(notional, fee);
        Hold(0);
    }

    private void Hold(WideInt now) => (quantity, held) = (now, Scaled.ToDouble(now));

    /// <summary>Marks the closes of the bars before <paramref name="bar"/>, through which the present position was held.</summary>
    private void Mark(int bar)
    {
        var closes = market.Series.Closes;
        for (; days <= market.DayEnds.Count && market.DayEnds[days - 1] < bar; days++)
            daily[days] = Math.Round(account.CashValue + (held * closes[market.DayEnds[days - 1]]), 8);
        if (followsDrawdown)
        {
            for (var i = marked; i < bar; i++) drawdown.Add(i, account.CashValue + (held * closes[i]));
        }

        marked = bar;
    }
}
