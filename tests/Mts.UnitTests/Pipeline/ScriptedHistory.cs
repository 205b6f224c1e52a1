using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Pipeline;

/// <summary>A source whose bars, page size and failures the test decides, and that remembers what it was asked.</summary>
internal sealed class ScriptedHistory(string venue, IReadOnlyList<Bar> bars, int pageSize = 100) : IBarHistory
{
    public List<(Timestamp From, Timestamp Until)> Asked { get; } = [];

    /// <summary>Pages that are given before the source fails; null for never.</summary>
    public int? FailsAfterPages { get; set; }

    public string Venue => venue;

    public bool HasVolume => true;

    public IReadOnlyList<Interval> Intervals => [Interval.Day];

    public async IAsyncEnumerable<BarPage> FetchAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Asked.Add((from, until));
        foreach (var page in bars.Where(b => b.OpenTime >= from && b.OpenTime < until).Chunk(pageSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FailsAfterPages-- == 0) throw new ApiConnectionException(venue, "connection reset");
            yield return new BarPage(page, new Provenance(venue, until, $"GET {from}..{until}", "00"));
        }
    }
}
