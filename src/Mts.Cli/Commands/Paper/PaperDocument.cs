using System.Text.Json;
using Mts.Core.Trading;
using Mts.Cli.Output;
using Mts.Engine;
using Mts.Engine.Reports;
using Mts.Engine.Sessions;

namespace Mts.Cli.Commands.Paper;

/// <summary>A session so far: the document of a backtest, and before it how the session went.</summary>
internal static class PaperDocument
{
    public static byte[] Write(SessionPlan plan, SessionTally tally, string digest, BacktestResult result) => BacktestJson.Write(result, w =>
    {
        w.WriteStartObject("session");
        w.WriteString("id", plan.Id);
        w.WriteString("fill", plan.Fill.ToString().ToLowerInvariant());
        w.WriteNumber("slices", tally.Slices);
        w.WriteNumber("late_bars", tally.LateBars);
        w.WriteNumber("duplicates", tally.Duplicates);
        w.WriteStartArray("restarts");
        foreach (var restart in tally.Restarts)
        {
            w.WriteStartObject();
            w.WriteString("time", restart.Received.ToString());
            w.WriteString("version", restart.Version);
            w.WriteNumber("cut_bytes", restart.CutBytes);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("notes");
        foreach (var note in tally.Notes)
        {
            w.WriteStartObject();
            w.WriteString("time", note.Time.ToString());
            w.WriteString("kind", note.Kind);
            w.WriteString("text", note.Text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteString("state", digest);
        w.WriteEndObject();
    });

    /// <summary>A fill as one line for people.</summary>
    public static string Line(Fill fill, SessionPlan plan) =>
        $"{fill.Time}  {fill.Order.Side.ToString().ToLowerInvariant()} {Figures.Quantity(fill.Order.Quantity)} {plan.Instruments[fill.Order.Instrument].Key.Symbol} at {Figures.Price((double)fill.Price)}: {fill.Order.Reason}";
}
