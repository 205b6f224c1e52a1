using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine;

/// <summary>Judges strategies on the past. The same inputs give the same result, byte for byte.</summary>
public static class Backtest
{
    /// <param name="inputs">The data.</param>
    /// <param name="strategies">One, or several that meet in the aggregator.</param>
    /// <param name="aggregator">Required for several strategies, not used for one.</param>
    /// <param name="risk">Limits; null for none.</param>
    /// <param name="options">Costs and rules.</param>
    /// <param name="labels">How the run names itself in its result.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="BacktestDataException">The data does not cover the range, has holes, or lacks what a strategy needs.</exception>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal.</exception>
    public static BacktestResult Run(
        BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, SignalAggregator? aggregator, RiskPolicy? risk,
        BacktestOptions options, RunLabels labels, CancellationToken cancellationToken)
    {
        options.Validate();
        if (strategies.Count > 1 && aggregator is null) throw new ArgumentException("Several strategies need an aggregator.", nameof(aggregator));
        var warnings = new List<string>(labels.Warnings);
        InputChecks.Check(inputs, strategies, options, warnings);
        var parts = RunParts.Of(inputs, strategies, strategies.Count > 1 ? aggregator : null, risk, options);
        var loop = new EventLoop(parts);
        loop.Run(cancellationToken);
        parts.Curve.Finish(Scaled.ToDouble(FinalEquity(parts)));
        if (parts.Curve.RuinedAt is { } ruin) warnings.Add($"nothing was left at {ruin}: a venue would have closed the positions before; figures per year and ratios are undefined");
        foreach (var waiting in parts.Holdings.Where(h => h.Pending is { } p && p.Direction != h.Direction))
            warnings.Add($"{Symbol(waiting)}: the signal {Word(waiting.Pending!.Direction)} of the last bar was not executed; there is no next bar");
        var (benchmark, curve) = BuyAndHold.Of(inputs, options, parts.Curve.Points);
        return new BacktestResult
        {
            Run = BacktestRun.Of(inputs, strategies, options, labels, risk?.Options, strategies.Count > 1 ? aggregator?.Options : null),
            Metrics = Metrics(parts, loop, options, inputs, benchmark),
            Trades = parts.Broker.Trades,
            OpenPositions = [.. parts.Holdings.Where(h => h.Quantity != 0).Select(h => ToOpen(h, Symbol(h)))],
            Equity = parts.Curve.Points,
            Benchmark = curve,
            Signals = parts.Desk.Signals,
            Refusals = parts.Desk.Refusals,
            Decisions = parts.Desk.Decisions,
            Warnings = warnings,
        };

        string Symbol(Holding holding) => parts.Series[holding.Instrument].Key.Symbol.ToString();
    }

    internal static PerformanceReport Metrics(RunParts parts, EventLoop loop, BacktestOptions options, BacktestInputs inputs, double? benchmark)
    {
        var final = Scaled.ToDecimal(FinalEquity(parts));
        var daily = parts.Curve.Days.Select(p => p.Value).ToArray();
        var returns = Returns.Of(daily);
        var total = (double)(final / options.Capital) - 1;
        var trades = parts.Broker.Trades;
        return new PerformanceReport
        {
            FinalEquity = final,
            TotalReturn = total,
            Cagr = Cagr.Of(total, (inputs.End - inputs.Start).TotalDays),
            Volatility = Volatility.Of(returns, 365),
            Sharpe = SharpeRatio.Of(returns, 365),
            Sortino = SortinoRatio.Of(returns, 365),
            MaxDrawdown = parts.Curve.Drawdown.Depth,
            MaxDrawdownDays = parts.Curve.Drawdown.LongestDays(inputs.End.Micros),
            Trades = trades.Count,
            WinRate = TradeFigures.WinRate(trades),
            ProfitFactor = TradeFigures.ProfitFactor(trades),
            Expectancy = TradeFigures.Expectancy(trades),
            Exposure = loop.Bars == 0 ? 0 : (double)loop.BarsHeld / loop.Bars,
            Turnover = daily.Average() is > 0 and var mean ? Scaled.ToDouble(parts.Broker.Traded) / mean : null,
            Fees = Scaled.ToDecimal(parts.Broker.Fees),
            SlippageCost = Scaled.ToDecimal(parts.Broker.SlippageCost),
            Funding = Funding(parts),
            BenchmarkReturn = benchmark,
            Bars = loop.Bars,
        };
    }

    private static decimal? Funding(RunParts parts)
    {
        if (parts.Funding is { } payments) return Scaled.ToDecimal(payments.Total);
        return Array.Exists(parts.Series, s => s.Key.Symbol.IsPerpetual) ? null : 0m;
    }

    internal static Int128 FinalEquity(RunParts parts)
    {
        var equity = (Int128)0;
        foreach (var account in parts.Accounts) equity += account.Cash;
        foreach (var holding in parts.Holdings) equity += Scaled.Value(holding.Quantity, Scaled.Price(holding.Mark));
        return equity;
    }

    private static OpenPosition ToOpen(Holding h, string symbol)
    {
        var value = Scaled.Value(h.Quantity, Scaled.Price(h.Mark));
        var side = (Side)h.Direction;
        return new OpenPosition(
            h.Instrument, symbol, side, Scaled.ToDecimal(Int128.Abs(h.Quantity)), new Timestamp(h.EntryTime), h.EntryPrice,
            Scaled.ToDecimal(Scaled.Price(h.Mark)), Scaled.ToDecimal(value - ((int)side * h.EntryNotional) - h.EntryFee + h.Funding), Scaled.ToDecimal(h.EntryFee), h.Origin!.Reason);
    }

    private static string Word(Direction direction) => direction.ToString().ToUpperInvariant();
}
