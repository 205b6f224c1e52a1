using System.Text.Json;
using Mts.Core.Performance;
using Mts.Core.Trading;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>The members <c>trades</c> and <c>open_positions</c> of a result.</summary>
internal static class TradesJson
{
    public static void Write(Utf8JsonWriter w, IReadOnlyList<Trade> trades, IReadOnlyList<Excursion> excursions)
    {
        w.WriteStartArray("trades");
        for (var i = 0; i < trades.Count; i++)
        {
            w.WriteStartObject();
            Write(w, trades[i]);
            w.WriteString("entry_reason", trades[i].EntryReason);
            JsonFigures.Number(w, "mae", i < excursions.Count ? excursions[i].Adverse : null);
            JsonFigures.Number(w, "mfe", i < excursions.Count ? excursions[i].Favourable : null);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    /// <summary>The members of one trade, within an object.</summary>
    public static void Write(Utf8JsonWriter w, Trade t)
    {
        w.WriteString("symbol", t.Symbol);
        w.WriteString("side", Word(t.Side));
        JsonFigures.Plain(w, "quantity", t.Quantity);
        w.WriteString("entry_time", t.EntryTime.ToString());
        JsonFigures.Plain(w, "entry_price", t.EntryPrice);
        w.WriteString("exit_time", t.ExitTime.ToString());
        JsonFigures.Plain(w, "exit_price", t.ExitPrice);
        JsonFigures.Plain(w, "pnl", t.Pnl);
        JsonFigures.Plain(w, "fees", t.Fees);
        w.WriteString("reason", t.Reason);
    }

    public static void WriteOpen(Utf8JsonWriter w, IReadOnlyList<OpenPosition> positions)
    {
        w.WriteStartArray("open_positions");
        foreach (var p in positions)
        {
            w.WriteStartObject();
            w.WriteString("symbol", p.Symbol);
            w.WriteString("side", Word(p.Side));
            JsonFigures.Plain(w, "quantity", p.Quantity);
            w.WriteString("entry_time", p.EntryTime.ToString());
            JsonFigures.Plain(w, "entry_price", p.EntryPrice);
            JsonFigures.Plain(w, "last_price", p.LastPrice);
            JsonFigures.Plain(w, "unrealized_pnl", p.UnrealizedPnl);
            JsonFigures.Plain(w, "fees", p.Fees);
            w.WriteString("reason", p.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static string Word(Side side) => side == Side.Buy ? "long" : "short";
}
