using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.History;

/// <summary>Another stored series as a source, so that an imported file can repair a collected series and the reverse.</summary>
public sealed class StoredBarHistory(IBarStore store, string venue, bool hasVolume) : IBarHistory
{
    public string Venue => venue;

    public bool HasVolume => hasVolume;

    public IReadOnlyList<Interval> Intervals => [.. store.ListSeries().Where(s => s.Key.Venue == venue).Select(s => s.Key.Interval).Distinct()];

    public async IAsyncEnumerable<BarPage> FetchAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var key = new SeriesKey(venue, symbol, interval);
        var series = store.ReadBars(key, from, until);
        if (series.Length == 0) yield break;
        var newest = store.ListSegments(key)[^1].Provenance;
        yield return new BarPage([.. Enumerable.Range(0, series.Length).Select(i => series[i])], newest with { Source = $"stored:{venue}" });
    }
}
