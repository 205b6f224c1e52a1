using System.CommandLine;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data status</c>: what is stored, how whole and how old it is.</summary>
internal static class DataStatusCommand
{
    public static Command Create(CliHost host)
    {
        var holes = new Option<bool>("--holes") { Description = "List every hole." };
        return new Command("status", "Shows each series with range, coverage, holes, sources and age.") { holes }.Runs(host, (session, arguments) =>
        {
            using var store = session.OpenReader();
            var now = Timestamp.Now(session.Clock);
            var bars = store.ListSeries().Select(s => Coverage.Of(s, store, now)).ToList();
            var (points, macro, funding, realtime) = (store.ListPoints(), store.ListMacro(), store.ListFunding(), store.ListRealtime());
            if (bars.Count + points.Count + macro.Count + funding.Count + realtime.Count == 0)
                throw new BacktestDataException($"the store in {session.DataDirectory} is empty; `mts collect` fetches data, `mts data import` reads files.");
            if (bars.Count > 0) session.Output.Table(BarTable(bars));
            if (arguments.GetValue(holes)) ShowHoles(session, bars);
            if (macro.Count > 0) session.Output.Table(MacroTable(macro));
            if (funding.Count > 0) session.Output.Table(FundingTable(funding));
            if (points.Count > 0) session.Output.Table(PointTable(points));
            if (realtime.Count > 0) session.Output.Table(RealtimeStatus.Table(realtime));
            session.Output.Document(w => Write(w, session, bars, points, macro, funding, realtime));
            return ExitCode.Done;
        });
    }

    private static Grid BarTable(List<Coverage> bars)
    {
        var grid = new Grid("venue", "symbol", "interval", ">bars", "first", "last", ">coverage", ">holes", ">missing", "sources", ">age") { Title = "Bars" };
        foreach (var c in bars)
        {
            var s = c.Series;
            grid.Add(
                s.Key.Venue, s.Key.Symbol.ToString(), s.Key.Interval.ToString(), Figures.Count(s.Bars), Figures.Time(s.First), Figures.Time(s.Last), Figures.Percent(c.Share),
                Figures.Count(c.Holes.Count), Figures.Count(c.MissingBars), string.Join(", ", s.Sources), c.Age is { } age ? Figures.Age(age) : "n/a");
        }

        return grid;
    }

    private static void ShowHoles(Session session, List<Coverage> bars)
    {
        var grid = new Grid("series", "from", "until", ">bars") { Title = "Holes" };
        foreach (var c in bars)
        {
            foreach (var hole in c.Holes) grid.Add(c.Series.Key.ToString(), hole.From.ToString(), hole.Until.ToString(), Figures.Count(hole.Bars));
        }

        session.Output.Table(grid);
    }

    private static Grid MacroTable(IReadOnlyList<MacroInfo> macro)
    {
        var grid = new Grid("series", ">values", ">missing", "first", "last", "fetched") { Title = "Macro" };
        foreach (var m in macro) grid.Add(m.SeriesId, Figures.Count(m.Observations), Figures.Count(m.Missing), Day(m.First), Day(m.Last), Figures.Time(m.UpdatedAt));
        return grid;
    }

    private static Grid FundingTable(IReadOnlyList<FundingInfo> funding)
    {
        var grid = new Grid("venue", "symbol", ">rates", "first", "last") { Title = "Funding" };
        foreach (var f in funding) grid.Add(f.Venue, f.Symbol.ToString(), Figures.Count(f.Rates), f.First.ToString(), f.Last.ToString());
        return grid;
    }

    private static Grid PointTable(IReadOnlyList<PointSeriesInfo> points)
    {
        var grid = new Grid("venue", "asset", ">points", "first", "last") { Title = "Price points" };
        foreach (var p in points) grid.Add(p.Venue, p.AssetId, Figures.Count(p.Points), p.First.ToString(), p.Last.ToString());
        return grid;
    }

    private static void Write(
        Utf8JsonWriter w, Session session, List<Coverage> bars, IReadOnlyList<PointSeriesInfo> points, IReadOnlyList<MacroInfo> macro, IReadOnlyList<FundingInfo> funding,
        IReadOnlyList<RealtimeInfo> realtime)
    {
        w.WriteStartObject();
        w.WriteString("data_dir", session.DataDirectory);
        w.WriteStartArray("bars");
        foreach (var c in bars) Write(w, c);
        w.WriteEndArray();
        w.WriteStartArray("macro");
        foreach (var m in macro)
        {
            w.WriteStartObject();
            w.WriteString("series", m.SeriesId);
            w.WriteNumber("observations", m.Observations);
            w.WriteNumber("missing", m.Missing);
            w.WriteString("first", Day(m.First));
            w.WriteString("last", Day(m.Last));
            JsonParts.WriteTime(w, "updated_at", m.UpdatedAt);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("funding");
        foreach (var f in funding) WriteRange(w, f.Venue, "symbol", f.Symbol.ToString(), "rates", f.Rates, f.First, f.Last);
        w.WriteEndArray();
        w.WriteStartArray("points");
        foreach (var p in points) WriteRange(w, p.Venue, "asset", p.AssetId, "points", p.Points, p.First, p.Last);
        w.WriteEndArray();
        RealtimeStatus.Write(w, realtime);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, Coverage c)
    {
        w.WriteStartObject();
        JsonParts.WriteSeries(w, c.Series.Key);
        w.WriteNumber("bars", c.Series.Bars);
        w.WriteBoolean("has_volume", c.Series.HasVolume);
        JsonParts.WriteTime(w, "first", c.Series.First);
        JsonParts.WriteTime(w, "last", c.Series.Last);
        JsonParts.WriteNumber(w, "coverage", c.Share);
        w.WriteNumber("missing_bars", c.MissingBars);
        w.WriteStartArray("holes");
        foreach (var hole in c.Holes) JsonParts.Write(w, hole);
        w.WriteEndArray();
        JsonParts.WriteTexts(w, "sources", c.Series.Sources);
        JsonParts.WriteTime(w, "updated_at", c.Series.UpdatedAt);
        if (c.Age is { } age) w.WriteNumber("age_seconds", (long)age.TotalSeconds);
        else w.WriteNull("age_seconds");
        w.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter w, string venue, string nameOf, string name, string countOf, long count, Timestamp first, Timestamp last)
    {
        w.WriteStartObject();
        w.WriteString("venue", venue);
        w.WriteString(nameOf, name);
        w.WriteNumber(countOf, count);
        w.WriteString("first", first.ToString());
        w.WriteString("last", last.ToString());
        w.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");
}
