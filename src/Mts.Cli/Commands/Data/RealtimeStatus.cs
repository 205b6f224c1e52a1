using System.Text.Json;
using Mts.Cli.Output;

namespace Mts.Cli.Commands.Data;

/// <summary>The rows that the live feeds left, for people and for programs.</summary>
internal static class RealtimeStatus
{
    public static Grid Table(IReadOnlyList<RealtimeInfo> realtime)
    {
        var grid = new Grid("kind", "venue", "symbol", ">rows", "first", "last") { Title = "Live" };
        foreach (var r in realtime) grid.Add(RealtimeExport.NameOf(r.Kind), r.Venue, r.Symbol, Figures.Count(r.Rows), r.First.ToString(), r.Last.ToString());
        return grid;
    }

    public static void Write(Utf8JsonWriter w, IReadOnlyList<RealtimeInfo> realtime)
    {
        w.WriteStartArray("realtime");
        foreach (var r in realtime)
        {
            w.WriteStartObject();
            w.WriteString("kind", RealtimeExport.NameOf(r.Kind));
            w.WriteString("venue", r.Venue);
            w.WriteString("symbol", r.Symbol.Length == 0 ? null : r.Symbol);
            w.WriteNumber("rows", r.Rows);
            w.WriteString("first", r.First.ToString());
            w.WriteString("last", r.Last.ToString());
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }
}
