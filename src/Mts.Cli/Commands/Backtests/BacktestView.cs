using Mts.Cli.Output;
using Mts.Core.Performance;
using Mts.Core.Quality;
using Mts.Core.Trading;
using Mts.Engine.Analytics;
using Mts.Engine.Guards;
using Mts.Engine;

namespace Mts.Cli.Commands.Backtests;

/// <summary>A result for people: what was run, the figures beside the benchmark, the first trades with <c>-v</c>.</summary>
internal static class BacktestView
{
    private const int TradesShown = 10;
    private const int ParametersShown = 4;

    public static void Show(Session session, BacktestResult result, RunAnalysis? analysis = null)
    {
        analysis ??= RunAnalysis.Of(result);
        foreach (var warning in result.Warnings) session.Output.Note($"warning: {warning}");
        var run = result.Run;
        session.Output.Line($"{string.Join(" + ", run.Strategies.Select(s => Describe(s, session.Options.Verbose)))} on {string.Join(", ", run.Series.Select(s => s.Key))}");
        session.Output.Line($"{run.Start} to {run.End}, {Figures.Count(result.Metrics.Bars)} bars, capital {Figures.Money(run.Options.Capital)}, " +
            $"fee {run.Options.FeeBps:0.####} bps, slippage {run.Options.SlippageBps:0.####} bps{(run.Limits is null ? "" : ", with limits")}");
        session.Output.Table(Metrics(result, analysis));
        if (result.OpenPositions.Count > 0) session.Output.Table(Open(result.OpenPositions));
        if (session.Options.Verbose && result.Trades.Count > 0) session.Output.Table(Trades(result.Trades));
        foreach (var rule in result.Refusals.GroupBy(r => r.Rule)) session.Output.Line($"refused by {rule.Key}: {rule.Count()} signals, the first: {rule.First().Reason}");
        foreach (var quality in result.Quality ?? []) session.Output.Line(Describe(quality));
        if (result.Guards is { } guards) session.Output.Line(Describe(guards));
        if (result.Orders is { } orders) session.Output.Line(Orders(orders));
        if (result.Book is { } book) Book(session, book);
        session.Output.Line($"run {run.Id}, data {run.DataHash[..16]}");
    }

    private static string Describe(SeriesQuality q) =>
        $"data {q.Key}: {Figures.Count(q.Present)} of {Figures.Count(q.Expected)} bars ({Figures.Percent(q.Coverage)}), {Figures.Count(q.Holes.Count)} holes, {Figures.Count(q.Refused)} refused, " +
        $"{Figures.Count(q.Revised)} revised, {Figures.Count(q.Conflicts)} conflicts; from {string.Join(", ", q.Sources.Select(s => $"{s.Source} {Figures.Percent(q.Present == 0 ? null : (double)s.Bars / q.Present)}"))}" +
        (q.Verified + q.Unverified + q.Damaged.Count == 0 ? "" : $"; {q.Verified} segments as written, {q.Unverified} not to be told, {q.Damaged.Count} damaged");

    private static string Describe(GuardReport guards) =>
        $"guards: {string.Join(", ", guards.Findings.Select(f => $"{f.Name.Replace('_', ' ')} {Word(f.Finding)}"))}; {Figures.Count(guards.Instants)} instants asked again";

    private static string Word(GuardFinding finding) => finding.Verdict switch
    {
        GuardVerdict.Pass => "passed",
        GuardVerdict.Unknown => $"not judged ({finding.Words})",
        GuardVerdict.Note => $"noted ({finding.Words})",
        _ => "FAILED",
    };

    private static string Describe(StrategyUse use, bool all) =>
        use.Parameters.Count == 0 || (use.Parameters.Count > ParametersShown && !all) ? use.Name : $"{use.Name}({string.Join(", ", use.Parameters.Select(p => $"{p.Key}={p.Value}"))})";

    private static string Orders(OrderSummary orders)
    {
        var ended = orders.Unfilled.GroupBy(o => o.Rule).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}");
        return $"orders {orders.Submitted}, filled {orders.Filled}{(orders.Unfilled.Count > 0 ? $"; not in full: {string.Join(", ", ended)}" : "")}";
    }

    private static Grid Metrics(BacktestResult result, RunAnalysis analysis)
    {
        var (m, i, t) = (result.Metrics, analysis.Intervals, analysis.Trades);
        var capital = result.Run.Options.Capital;
        var held = m.BenchmarkReturn is { } r ? Figures.Money((double)capital * (1 + r)) : "n/a";
        return new Grid("", ">strategy", ">95 % interval", ">buy and hold")
            .Add("final equity", Figures.Money(m.FinalEquity), "", held)
            .Add("total return", Figures.Percent(m.TotalReturn), Range(i?.TotalReturn, v => Figures.Percent(v)), Figures.Percent(m.BenchmarkReturn))
            .Add("return per year", Figures.Percent(m.Cagr), Range(i?.Cagr, v => Figures.Percent(v)), "")
            .Add("volatility per year", Figures.Percent(m.Volatility), "", "")
            .Add("Sharpe", Figures.Ratio(m.Sharpe), Range(i?.Sharpe, v => Figures.Ratio(v)), "")
            .Add("true Sharpe above 0", Figures.Percent(analysis.Curve.ProbabilisticSharpe), "", "")
            .Add("Sortino", Figures.Ratio(m.Sortino), "", "")
            .Add("Calmar", Figures.Ratio(m.Calmar), "", "")
            .Add("max drawdown", Figures.Percent(m.MaxDrawdown), Range(i?.MaxDrawdown, v => Figures.Percent(v)), Figures.Percent(Drawdown(result)))
            .Add("longest drawdown", $"{m.MaxDrawdownDays:0.#} days", "", "")
            .Add("trades", Figures.Count(m.Trades), "", "")
            .Add("win rate", Figures.Percent(m.WinRate), "", "")
            .Add("profit factor", Figures.Ratio(m.ProfitFactor), "", "")
            .Add("payoff ratio", Figures.Ratio(t.Payoff), "", "")
            .Add("exposure", Figures.Percent(m.Exposure), "", "")
            .Add("turnover", Figures.Ratio(m.Turnover), "", "")
            .Add("fees", Figures.Money(m.Fees), "", "")
            .Add("slippage cost", Figures.Money(m.SlippageCost), "", "")
            .Add("borrow interest", m.BorrowInterest is { } interest ? Figures.Money(interest) : "n/a", "", "")
            .Add("funding", m.Funding is { } funding ? Figures.Money(funding) : "n/a", "", "");
    }

    private static string Range(ConfidenceInterval? interval, Func<double, string> text) => interval is { } i ? $"{text(i.Low)} to {text(i.High)}" : "";

    // On the points that are there; the strategy's own is per bar.
    private static double? Drawdown(BacktestResult result)
    {
        var (peak, deepest) = (0.0, 0.0);
        foreach (var point in result.Benchmark)
        {
            peak = Math.Max(peak, point.Value);
            deepest = Math.Max(deepest, 1 - (point.Value / peak));
        }

        return result.Benchmark.Count == 0 ? null : deepest;
    }

    private static Grid Open(IReadOnlyList<OpenPosition> positions)
    {
        var grid = new Grid("symbol", "side", ">quantity", "since", ">entry", ">last", ">unrealised") { Title = "Still open" };
        foreach (var p in positions)
            grid.Add(p.Symbol, Word(p.Side), Figures.Quantity(p.Quantity), p.EntryTime.ToString(), Figures.Price((double)p.EntryPrice), Figures.Price((double)p.LastPrice), Figures.Money(p.UnrealizedPnl));
        return grid;
    }

    private static Grid Trades(IReadOnlyList<Trade> trades)
    {
        var grid = new Grid("symbol", "side", ">quantity", "entry", ">price", "exit", ">price", ">pnl", "reason") { Title = $"The first {Math.Min(TradesShown, trades.Count)} of {trades.Count} trades" };
        foreach (var t in trades.Take(TradesShown))
            grid.Add(t.Symbol, Word(t.Side), Figures.Quantity(t.Quantity), t.EntryTime.ToString(), Figures.Price((double)t.EntryPrice), t.ExitTime.ToString(), Figures.Price((double)t.ExitPrice), Figures.Money(t.Pnl), t.Reason);
        return grid;
    }

    private static void Book(Session session, BookSummary book)
    {
        foreach (var m in book.Markets) session.Output.Line($"book {m.Symbol}: {Figures.Count(m.Updates)} updates, {Figures.Count(m.Trades)} trades, {Figures.Count(m.Losses)} times not to be believed");
        session.Output.Line($"queue {book.Model}: {Figures.Count(book.Queued.Count)} limit orders waited, {Figures.Count(book.Fills.Count)} fills of orders");
        if (book.Queued.Count > 0) session.Output.Table(Queued(book));
    }

    private static Grid Queued(BookSummary book)
    {
        var grid = new Grid(">order", "side", ">price", "joined", ">ahead then", ">ahead at the end", ">filled", ">waited") { Title = $"The first {Math.Min(TradesShown, book.Queued.Count)} of {book.Queued.Count} limit orders that waited" };
        foreach (var o in book.Queued.Take(TradesShown))
        {
            var waited = o.FirstFill is { } first ? FormattableString.Invariant($"{(first - o.Joined).TotalSeconds:0.###} s") : "";
            grid.Add(Figures.Count(o.Id), o.Side == Side.Buy ? "buy" : "sell", Figures.Price((double)o.Price), o.Joined.ToString(), Ahead(o.AheadAtEntry), Ahead(o.AheadAtEnd), Figures.Quantity(o.Filled), waited);
        }

        return grid;

        static string Ahead(decimal? amount) => amount is { } a ? Figures.Quantity(a) : "n/a";
    }

    private static string Word(Side side) => side == Side.Buy ? "long" : "short";
}
