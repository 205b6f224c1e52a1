using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;
using Mts.Engine.Charges;
using Mts.Engine.Execution;

namespace Mts.Engine;

/// <summary>What a loop has come to, as a result: of a backtest at its end, of a session so far.</summary>
internal static class RunOutcome
{
    /// <param name="parts">After the loop.</param>
    /// <param name="loop">It.</param>
    /// <param name="inputs">What it has seen.</param>
    /// <param name="options">How it ran.</param>
    /// <param name="run">How it names itself.</param>
    /// <param name="warnings">What its reader should know.</param>
    public static BacktestResult Of(RunParts parts, EventLoop loop, BacktestInputs inputs, BacktestOptions options, BacktestRun run, IReadOnlyList<string> warnings)
    {
        parts.Curve.Finish(Scaled.ToDouble(FinalEquity(parts)));
        var (benchmark, curve) = BuyAndHold.Of(inputs, options, parts.Curve.Points);
        return new BacktestResult
        {
            Run = run,
            Metrics = Metrics(parts, loop, options, inputs, benchmark),
            Trades = [.. parts.Broker.Ledger.Trades],
            OpenPositions = [.. parts.Holdings.Where(h => h.Quantity != 0).Select(h => ToOpen(h, parts.SymbolOf(h)))],
            Equity = [.. parts.Curve.Points],
            Benchmark = curve,
            Signals = [.. parts.Desk.Signals],
            Refusals = [.. parts.Desk.Refusals],
            Orders = parts.Orders.Summary(),
            Book = parts.Books?.Summary(options.Execution.Queue!, [.. inputs.Instruments.Select(i => new BookCoverage(i.Series.Key.Symbol.ToString(), i.Tape!.Updates, i.Tape.Trades, i.Tape.Losses))]),
            Decisions = [.. parts.Desk.Decisions],
            Warnings = warnings,
            Market = [.. inputs.Instruments.Select(i => i.Series)],
        };
    }

    public static string Ruin(Timestamp time) => $"nothing was left at {time}: a venue would have closed the positions before; figures per year and ratios are undefined";

    internal static PerformanceReport Metrics(RunParts parts, EventLoop loop, BacktestOptions options, BacktestInputs inputs, double? benchmark)
    {
        var final = Scaled.ToDecimal(FinalEquity(parts));
        var daily = parts.Curve.Days.Select(p => p.Value).ToArray();
        var returns = Returns.Of(daily);
        var total = (double)(final / options.Capital) - 1;
        var trades = parts.Broker.Ledger.Trades;
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
            Turnover = daily.Average() is > 0 and var mean ? Scaled.ToDouble(parts.Broker.Ledger.Traded) / mean : null,
            Fees = Scaled.ToDecimal(parts.Broker.Ledger.Fees),
            SlippageCost = Scaled.ToDecimal(parts.Broker.Ledger.SlippageCost),
            FeesMaker = Scaled.ToDecimal(parts.Broker.Ledger.MakerFees),
            FeesTaker = Scaled.ToDecimal(parts.Broker.Ledger.Fees - parts.Broker.Ledger.MakerFees - parts.Broker.Ledger.LiquidationFees),
            LiquidationFees = Scaled.ToDecimal(parts.Broker.Ledger.LiquidationFees),
            Liquidations = parts.Broker.Ledger.Liquidations,
            BorrowInterest = Borrowed(parts),
            Funding = Funding(parts),
            BenchmarkReturn = benchmark,
            Bars = loop.Bars,
        };
    }

    // Null where coins were borrowed and nobody said at what rate.
    private static decimal? Borrowed(RunParts parts)
    {
        if (parts.Charges.Borrow is { } borrow) return Scaled.ToDecimal(borrow.Total);
        return CostWarnings.SoldSpotShort(parts) ? null : 0m;
    }

    private static decimal? Funding(RunParts parts)
    {
        if (parts.Funding is { } payments) return Scaled.ToDecimal(payments.Total);
        return Array.Exists(parts.Series, s => s.Key.Symbol.IsPerpetual) ? null : 0m;
    }

    internal static WideInt FinalEquity(RunParts parts)
    {
        var equity = (WideInt)0;
        foreach (var account in parts.Accounts) equity += account.Cash;
        foreach (var holding in parts.Holdings) equity += Scaled.Value(holding.Quantity, Scaled.Price(holding.Mark));
        return equity;
    }

    private static OpenPosition ToOpen(Holding h, string symbol)
    {
        var value = Scaled.Value(h.Quantity, Scaled.Price(h.Mark));
        var side = (Side)h.Direction;
        return new OpenPosition(
            h.Instrument, symbol, side, Scaled.ToDecimal(WideInt.Abs(h.Quantity)), new Timestamp(h.EntryTime), h.EntryPrice,
            Scaled.ToDecimal(Scaled.Price(h.Mark)), Scaled.ToDecimal(value - ((int)side * h.EntryNotional) - h.EntryFee + h.Carry), Scaled.ToDecimal(h.EntryFee), h.Origin!.Reason);
    }

}
