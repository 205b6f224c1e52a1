using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Core.Performance;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>A result as the one JSON document of <c>mts backtest --json</c>: doubles shortest round-trip, decimals plain, times ISO 8601.</summary>
public static class BacktestJson
{
    internal static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="result">The result.</param>
    /// <param name="more">Writes further members of the document, before those of the result.</param>
    /// <param name="analysis">Of the result, where it is there already.</param>
    /// <param name="luck">A Monte Carlo of it; null for a document without.</param>
    public static byte[] Write(BacktestResult result, Action<Utf8JsonWriter>? more = null, RunAnalysis? analysis = null, MonteCarloResult? luck = null)
    {
        analysis ??= RunAnalysis.Of(result);
        var buffer = new ArrayBufferWriter<byte>(65_536);
        using (var w = new Utf8JsonWriter(buffer, Format))
        {
            w.WriteStartObject();
            more?.Invoke(w);
            w.WriteStartObject("run");
            w.WriteString("id", result.Run.Id);
            RunJson.WriteInputs(w, result.Run);
            w.WriteEndObject();
            WriteMetrics(w, result.Metrics, () => AnalysisJson.WriteMetrics(w, analysis));
            AnalysisJson.Write(w, analysis);
            if (luck is not null) MonteCarloJson.Write(w, luck);
            WriteTrades(w, result.Trades, analysis.Excursions);
            WriteOpen(w, result.OpenPositions);
            w.WriteStartArray("equity");
            foreach (var point in result.Equity)
            {
                w.WriteStartArray();
                w.WriteStringValue(point.Time.ToString());
                w.WriteNumberValue(point.Value);
                w.WriteEndArray();
            }

            w.WriteEndArray();
            WriteSignals(w, result);
            Guards.GuardJson.Write(w, result.Guards);
            QualityJson.Write(w, result.Quality);
            if (result.Orders is { } orders) OrdersJson.Write(w, orders);
            if (result.Book is { } book) BookJson.Write(w, book);
            w.WriteStartArray("warnings");
            foreach (var warning in result.Warnings) w.WriteStringValue(warning);
            w.WriteEndArray();
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first 16 hex digits of the SHA-256 of a run's inputs.</summary>
    internal static string IdOf(BacktestRun run)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var w = new Utf8JsonWriter(buffer, Format))
        {
            w.WriteStartObject();
            RunJson.WriteInputs(w, run);
            w.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..16];
    }

    internal static void Plain(Utf8JsonWriter w, string name, decimal? value)
    {
        if (value is { } v) w.WritePropertyName(name);
        else w.WriteNull(name);
        if (value is { } amount) w.WriteRawValue(Plain(amount));
    }

    internal static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static void Number(Utf8JsonWriter w, string name, double? value)
    {
        if (value is { } v && double.IsFinite(v)) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }

    internal static void WriteMetrics(Utf8JsonWriter w, PerformanceReport m, Action? more = null)
    {
        w.WriteStartObject("metrics");
        Plain(w, "final_equity", m.FinalEquity);
        Number(w, "total_return", m.TotalReturn);
        Number(w, "cagr", m.Cagr);
        Number(w, "volatility", m.Volatility);
        Number(w, "sharpe", m.Sharpe);
        Number(w, "sortino", m.Sortino);
        Number(w, "calmar", m.Calmar);
        Number(w, "max_drawdown", m.MaxDrawdown);
        Number(w, "max_drawdown_days", m.MaxDrawdownDays);
        w.WriteNumber("trades", m.Trades);
        Number(w, "win_rate", m.WinRate);
        Number(w, "profit_factor", m.ProfitFactor);
        Number(w, "expectancy", m.Expectancy);
        Number(w, "exposure", m.Exposure);
        Number(w, "turnover", m.Turnover);
        Plain(w, "fees", m.Fees);
        Plain(w, "fees_maker", m.FeesMaker);
        Plain(w, "fees_taker", m.FeesTaker);
        Plain(w, "liquidation_fees", m.LiquidationFees);
        w.WriteNumber("liquidations", m.Liquidations);
        Plain(w, "slippage_cost", m.SlippageCost);
        Plain(w, "funding", m.Funding);
        Plain(w, "borrow_interest", m.BorrowInterest);
        Number(w, "benchmark_return", m.BenchmarkReturn);
        w.WriteNumber("bars", m.Bars);
        more?.Invoke();
        w.WriteEndObject();
    }

    private static void WriteTrades(Utf8JsonWriter w, IReadOnlyList<Trade> trades, IReadOnlyList<Excursion> excursions)
    {
        w.WriteStartArray("trades");
        for (var i = 0; i < trades.Count; i++)
        {
            w.WriteStartObject();
            Write(w, trades[i]);
            w.WriteString("entry_reason", trades[i].EntryReason);
            Number(w, "mae", i < excursions.Count ? excursions[i].Adverse : null);
            Number(w, "mfe", i < excursions.Count ? excursions[i].Favourable : null);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    internal static void Write(Utf8JsonWriter w, Trade t)
    {
        w.WriteString("symbol", t.Symbol);
        w.WriteString("side", Word(t.Side));
        Plain(w, "quantity", t.Quantity);
        w.WriteString("entry_time", t.EntryTime.ToString());
        Plain(w, "entry_price", t.EntryPrice);
        w.WriteString("exit_time", t.ExitTime.ToString());
        Plain(w, "exit_price", t.ExitPrice);
        Plain(w, "pnl", t.Pnl);
        Plain(w, "fees", t.Fees);
        w.WriteString("reason", t.Reason);
    }

    private static void WriteOpen(Utf8JsonWriter w, IReadOnlyList<OpenPosition> positions)
    {
        w.WriteStartArray("open_positions");
        foreach (var p in positions)
        {
            w.WriteStartObject();
            w.WriteString("symbol", p.Symbol);
            w.WriteString("side", Word(p.Side));
            Plain(w, "quantity", p.Quantity);
            w.WriteString("entry_time", p.EntryTime.ToString());
            Plain(w, "entry_price", p.EntryPrice);
            Plain(w, "last_price", p.LastPrice);
            Plain(w, "unrealized_pnl", p.UnrealizedPnl);
            Plain(w, "fees", p.Fees);
            w.WriteString("reason", p.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteSignals(Utf8JsonWriter w, BacktestResult result)
    {
        w.WriteStartObject("signals");
        w.WriteNumber("emitted", result.Signals.Count);
        w.WriteStartObject("refused");
        foreach (var rule in result.Refusals.GroupBy(r => r.Rule).OrderBy(g => g.Key, StringComparer.Ordinal)) w.WriteNumber(rule.Key, rule.Count());
        w.WriteEndObject();
        w.WriteStartArray("refusals");
        foreach (var r in result.Refusals)
        {
            w.WriteStartObject();
            w.WriteString("time", r.Signal.Time.ToString());
            w.WriteString("asset", r.Signal.Asset);
            w.WriteString("strategy", r.Signal.Strategy);
            w.WriteString("rule", r.Rule);
            w.WriteString("reason", r.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        WriteDecisions(w, result.Decisions);
        w.WriteEndObject();
    }

    // Empty for a single strategy.
    private static void WriteDecisions(Utf8JsonWriter w, IReadOnlyList<AggregateDecision> decisions)
    {
        w.WriteStartArray("decisions");
        foreach (var decision in decisions)
        {
            w.WriteStartObject();
            w.WriteString("time", decision.Inputs.Max(i => i.Signal.Time).ToString());
            w.WriteString("asset", decision.Asset);
            w.WriteString("direction", decision.Result?.Direction.ToString().ToUpperInvariant());
            Number(w, "position_size", decision.Result?.PositionSize);
            w.WriteString("reason", decision.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static string Word(Side side) => side == Side.Buy ? "long" : "short";
}
