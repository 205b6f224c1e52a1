using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads bars from files of any known dialect; several files are parts of one series.</summary>
public static class BarFileReader
{
    /// <exception cref="DataValidationException">A file is missing, damaged, no bar file, of another market or interval than asked for, or none of its rows is a bar.</exception>
    /// <exception cref="ConfigurationException">Neither options nor files tell the market.</exception>
    public static BarImport Read(IReadOnlyList<string> paths, BarImportOptions options)
    {
        if (paths.Count == 0) throw new ConfigurationException("no file to import; name at least one.");
        var (rows, tally, market) = (new BarColumns(), new RowTally(), new MarketGuess(options));
        foreach (var path in paths)
        {
            using var file = MarketFile.Open(path, options.HashesFiles);
            var reader = new BarRowReader(file, rows, tally);
            reader.Read();
            market.Add(path, file.EntryName, reader);
        }

        if (rows.Count == 0) throw NoBars(tally, paths);
        var order = RowOrder.Of(rows.Times.AsSpan(0, rows.Count));
        var byTime = order.IsStrictlyRising ? null : RowOrder.ByTime(rows.Times.AsSpan(0, rows.Count));
        if (byTime is not null) rows.Permute(byTime);
        var interval = IntervalDetector.Detect(rows.Times.AsSpan(0, rows.Count), options.Interval, market.Length, market.FileName);
        var asOf = options.AsOf ?? options.Now;
        var hasVolume = rows.Volumes.AsSpan(0, rows.Count).ContainsAnyExcept(double.NaN);
        var assembler = new BarAssembler(rows, interval, asOf, hasVolume);
        var series = assembler.Assemble(market.Key(interval));
        NoteRefused(assembler, rows, byTime, tally, paths);
        if (series.Length == 0 && assembler.Incomplete == 0) throw NoBars(tally, paths);
        var revisions = assembler.Losers.Select(bar => new BarRevision(bar, "conflict", options.Now, $"file:{tally.Dialects[0]}")).ToList();
        return new BarImport(series, revisions, BarReport.Of(series, assembler, tally, order, LastBar(series, assembler, market, options)));
    }

    /// <summary>An archive is published after its last bar; another file says so only together with the time when it was taken.</summary>
    private static string LastBar(BarSeries series, BarAssembler assembler, MarketGuess market, BarImportOptions options)
    {
        if (assembler.Incomplete > 0) return "incomplete";
        if (market.HasCloseTimes) return "complete";
        var wasTakenBeforeTheNextBar = options.AsOf is { } taken && taken.Micros < series.CloseTime(series.Length - 1).Micros + series.Key.Interval.Micros;
        return wasTakenBeforeTheNextBar ? "complete" : "unproven";
    }

    private static void NoteRefused(BarAssembler assembler, BarColumns rows, int[]? byTime, RowTally tally, IReadOnlyList<string> paths)
    {
        if (assembler.Refused.Count == 0) return;
        var shown = new List<(int File, int Line, string Reason)>();
        foreach (var (row, reason) in assembler.Refused)
        {
            tally.Reject(reason);
            var origin = byTime?[row] ?? row;
            if (tally.Sample.Count + shown.Count < ImportReport.SampleSize) shown.Add((rows.FileOf(origin), rows.Lines[origin], reason));
        }

        foreach (var inFile in shown.OrderBy(s => s.File).ThenBy(s => s.Line).GroupBy(s => s.File))
        {
            var texts = TableRows.Texts(paths[inFile.Key], inFile.Select(s => s.Line).ToHashSet());
            foreach (var (_, line, reason) in inFile) tally.AddSample(new RejectedRow(Path.GetFileName(paths[inFile.Key]), line, reason, texts.GetValueOrDefault(line, "")));
        }
    }

    private static DataValidationException NoBars(RowTally tally, IReadOnlyList<string> paths)
    {
        var reasons = string.Join(", ", tally.Rejected.Select(r => $"{r.Value} {r.Key}"));
        var first = tally.Sample.Count > 0 ? $" The first is line {tally.Sample[0].Line}: '{tally.Sample[0].Text}'." : "";
        return new DataValidationException($"{Path.GetFileName(paths[0])} holds no bar: {tally.RowsRead} rows read{(reasons.Length > 0 ? $", refused {reasons}" : "")}.{first}");
    }
}
