using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files;

/// <summary>
/// Mirrors the store as CSV, one file per name and year: <c>backup/{asset}_{year}.csv</c> from the asset's primary series, times in Unix
/// milliseconds, <c>raw/macro/{series}_{year}.csv</c> from the newest values, and <c>raw/funding/{venue}_{market}_{year}.csv</c> from settled funding. Years are those of the row's UTC day. A file whose content
/// would not change is not touched; one that changes is replaced whole.
/// </summary>
public sealed class BackupWriter(string dataDir)
{
    /// <summary>Mirrors everything.</summary>
    /// <returns>The files that were written, empty where nothing had changed.</returns>
    public IReadOnlyList<string> Write(IMarketStore store, IMirrorSource source)
    {
        var written = new List<string>();
        foreach (var (asset, key) in source.ListPrimary()) written.AddRange(WriteBars(asset, store.ReadBars(key, Timestamp.MinValue, Timestamp.MaxValue)));
        foreach (var macro in store.ListMacro()) written.AddRange(WriteMacro(macro.SeriesId, source.ReadNewestMacro(macro.SeriesId)));
        foreach (var funding in store.ListFunding()) written.AddRange(WriteFunding(funding.Venue, funding.Symbol, store.ReadFunding(funding.Venue, funding.Symbol, Timestamp.MinValue, Timestamp.MaxValue)));
        return written;
    }

    public IReadOnlyList<string> WriteBars(string assetId, BarSeries series)
    {
        var rows = Enumerable.Range(0, series.Length).GroupBy(i => new Timestamp(series.OpenTimes[i]).Date.Year);
        return WriteChanged(rows, year => Path.Combine(dataDir, "backup", $"{assetId}_{year}.csv"), "timestamp,open,high,low,close,volume", (csv, i) => csv
            .Add(new Timestamp(series.OpenTimes[i]).UnixMilliseconds)
            .Add(series.Opens[i]).Add(series.Highs[i]).Add(series.Lows[i]).Add(series.Closes[i]).Add(series.Volumes[i]));
    }

    public IReadOnlyList<string> WriteMacro(string seriesId, IReadOnlyList<MacroRow> rows)
    {
        var series = MacroCatalog.TryFind(seriesId);
        return WriteChanged(
            rows.GroupBy(r => r.Observation.Day.Year),
            year => Path.Combine(dataDir, "raw", "macro", $"{seriesId.ToLowerInvariant()}_{year}.csv"),
            "date,value,series_id,indicator_name,units,is_interpolated,is_forward_filled,source",
            (csv, row) => csv
                .Add(row.Observation.Day.ToString("yyyy-MM-dd")).Add(row.Observation.Value).Add(seriesId).Add(series?.Title ?? seriesId).Add(series?.Units ?? "")
                .Add(row.Observation.IsInterpolated ? "True" : "False").Add(row.Observation.IsForwardFilled ? "True" : "False").Add(row.Source));
    }

    /// <remarks>Settlements, not the rates that build up to them; <c>mts data import funding</c> reads them back.</remarks>
    public IReadOnlyList<string> WriteFunding(string venue, Symbol symbol, IReadOnlyList<FundingRate> rates) => WriteChanged(
        rates.GroupBy(r => r.Time.Date.Year), year => Path.Combine(dataDir, "raw", "funding", $"{venue}_{symbol.Compact}-PERP_{year}.csv"), "timestamp,funding_rate,mark_price",
        (csv, rate) => csv.Add(rate.Time.UnixMilliseconds).Add(rate.Rate).Add(rate.MarkPrice));

    private static List<string> WriteChanged<T>(IEnumerable<IGrouping<int, T>> years, Func<int, string> pathOf, string header, Action<CsvWriter, T> addFields)
    {
        var written = new List<string>();
        foreach (var year in years)
        {
            var content = Render(header, year, addFields);
            var path = pathOf(year.Key);
            if (Holds(path, content)) continue;
            Durable.Write(path, file => file.Write(content));
            written.Add(path);
        }

        return written;
    }

    private static byte[] Render<T>(string header, IEnumerable<T> rows, Action<CsvWriter, T> addFields)
    {
        using var memory = new MemoryStream();
        memory.Write(System.Text.Encoding.UTF8.GetBytes(header + "\n"));
        var csv = new CsvWriter(memory);
        foreach (var row in rows)
        {
            addFields(csv, row);
            csv.EndLine();
        }

        csv.Flush();
        return memory.ToArray();
    }

    private static bool Holds(string path, byte[] content) =>
        new FileInfo(path) is { Exists: true } file && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
}
