using System.Buffers;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;
using Mts.Engine.Reports;

namespace Mts.Engine.Sessions;

/// <summary>Takes one thing that came of a session; the payload is valid during the call.</summary>
internal delegate void SessionOutput(SessionRecordKind kind, ReadOnlySpan<byte> payload);

/// <summary>Tells what has come of a run since it was last asked, in a fixed order, each as one JSON object.</summary>
internal sealed class SessionOutputs(RunParts parts, SessionOutput output)
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly Signal?[] pending = new Signal?[parts.Holdings.Length];
    private readonly StateDigest digest = new(parts);
    private int fills;
    private int trades;
    private int signals;
    private int decisions;
    private int refusals;
    private int reports;
    private WideInt funding;

    public void Tell(long now)
    {
        TellMoney(now);
        foreach (var signal in parts.Desk.Signals.Skip(signals)) Say(SessionRecordKind.Signal, w => Write(w, signal));
        foreach (var decision in parts.Desk.Decisions.Skip(decisions)) Say(SessionRecordKind.Decision, w => Write(w, decision));
        foreach (var refusal in parts.Desk.Refusals.Skip(refusals)) Say(SessionRecordKind.Refusal, w => Write(w, refusal));
        (signals, decisions, refusals) = (parts.Desk.Signals.Count, parts.Desk.Decisions.Count, parts.Desk.Refusals.Count);
        foreach (var holding in parts.Holdings)
        {
            var waits = holding.Pending;
            if (waits is not null && !ReferenceEquals(waits, pending[holding.Instrument])) Say(SessionRecordKind.Order, w => Write(w, waits));
            pending[holding.Instrument] = waits;
        }
    }

    public void TellEquity(long now, double equity) => Say(SessionRecordKind.Equity, w =>
    {
        w.WriteString("time", new Timestamp(now).ToString());
        w.WriteNumber("equity", equity);
        w.WriteString("state", digest.Take());
    });

    public void TellNote(SessionNote note) => Say(SessionRecordKind.Note, w =>
    {
        w.WriteString("time", note.Time.ToString());
        w.WriteString("kind", note.Kind);
        w.WriteString("text", note.Text);
    });

    public string Digest() => digest.Take();

    private void TellMoney(long now)
    {
        if (parts.Funding is { } payments && payments.Total != funding)
        {
            var paid = payments.Total - funding;
            funding = payments.Total;
            Say(SessionRecordKind.Payment, w =>
            {
                w.WriteString("time", new Timestamp(now).ToString());
                JsonFigures.Plain(w, "funding", Scaled.ToDecimal(paid));
            });
        }

        foreach (var report in parts.Orders.Log.Reports.Skip(reports).Where(r => r.Rule != OrderDesk.WarmUp)) Say(SessionRecordKind.Order, w => Write(w, report));
        reports = parts.Orders.Log.Reports.Count;
        foreach (var fill in parts.Broker.Ledger.Fills.Skip(fills)) Say(SessionRecordKind.Fill, w => Write(w, fill));
        foreach (var trade in parts.Broker.Ledger.Trades.Skip(trades)) Say(SessionRecordKind.Trade, w => TradesJson.Write(w, trade));
        (fills, trades) = (parts.Broker.Ledger.Fills.Count, parts.Broker.Ledger.Trades.Count);
    }

    private void Say(SessionRecordKind kind, Action<Utf8JsonWriter> write)
    {
        buffer.ResetWrittenCount();
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            write(w);
            w.WriteEndObject();
        }

        output(kind, buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter w, OrderReport report)
    {
        w.WriteNumber("id", report.Id);
        if (report.Parent is { } parent) w.WriteNumber("parent", parent);
        w.WriteNumber("instrument", report.Request.Instrument);
        OrdersJson.Write(w, report.Request);
        w.WriteString("state", OrdersJson.Word(report.State));
        JsonFigures.Plain(w, "amount", report.Quantity);
        JsonFigures.Plain(w, "price", report.Price);
        w.WriteString("time", report.Time.ToString());
        w.WriteString("rule", report.Rule);
        w.WriteString("reason", report.Reason.ToString());
    }

    private static void Write(Utf8JsonWriter w, Fill fill)
    {
        w.WriteNumber("order", fill.Order.Id);
        w.WriteNumber("instrument", fill.Order.Instrument);
        w.WriteString("side", OrdersJson.Word(fill.Order.Side));
        JsonFigures.Plain(w, "quantity", fill.Order.Quantity);
        JsonFigures.Plain(w, "price", fill.Price);
        JsonFigures.Plain(w, "fee", fill.Fee);
        JsonFigures.Plain(w, "slippage", fill.SlippageCost);
        w.WriteString("time", fill.Time.ToString());
        w.WriteString("reason", fill.Order.Reason);
    }

    private static void Write(Utf8JsonWriter w, AggregateDecision decision)
    {
        w.WriteString("asset", decision.Asset);
        w.WriteString("reason", decision.Reason);
        if (decision.Result is { } joint) Write(w, joint);
    }

    private static void Write(Utf8JsonWriter w, Refusal refusal)
    {
        Write(w, refusal.Signal);
        w.WriteString("rule", refusal.Rule);
        w.WriteString("refused", refusal.Reason);
    }

    private static void Write(Utf8JsonWriter w, Signal signal)
    {
        w.WriteString("strategy", signal.Strategy);
        w.WriteNumber("instrument", signal.Instrument);
        w.WriteString("direction", signal.Direction.ToString().ToUpperInvariant());
        w.WriteString("time", signal.Time.ToString());
        w.WriteNumber("price", signal.Price);
        w.WriteNumber("size", signal.PositionSize);
        if (signal.Resizes) w.WriteBoolean("resizes", true);
        w.WriteNumber("strength", signal.Strength);
        w.WriteNumber("confidence", signal.Confidence);
        JsonFigures.Number(w, "stop", signal.Stop);
        JsonFigures.Number(w, "target", signal.Target);
        JsonFigures.Number(w, "horizon_seconds", signal.Horizon?.TotalSeconds);
        w.WriteString("why", signal.Reason);
    }
}
