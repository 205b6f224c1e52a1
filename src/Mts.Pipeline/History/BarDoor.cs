using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>The door to the store: good bars pass, bad ones are refused, counted and listed in the ledger with their values.</summary>
internal sealed class BarDoor(IBarStore store, SeriesKey key, bool hasVolume, TimeProvider clock)
{
    private readonly SortedDictionary<string, int> rejected = new(StringComparer.Ordinal);

    public int Fetched { get; private set; }

    public WriteCounts Written { get; private set; }

    public IReadOnlyDictionary<string, int> Rejected => rejected;

    public int RejectedCount => rejected.Values.Sum();

    /// <param name="page">As the source gave it.</param>
    /// <param name="asked">The range that was asked for; what lies outside is refused.</param>
    public void Take(BarPage page, Hole asked)
    {
        var now = Timestamp.Now(clock);
        var good = new List<Bar>(page.Bars.Count);
        var refused = new List<LedgerEntry>();
        var conflicts = new List<BarRevision>();
        foreach (var bar in page.Bars)
        {
            Fetched++;
            var broken = BarRules.Broken(bar, key.Interval, now, hasVolume) ?? (bar.OpenTime < asked.From || bar.OpenTime >= asked.Until ? "outside_request" : null);
            if (broken is not null) Refuse(bar, broken);
            else if (good.Count > 0 && bar.OpenTime <= good[^1].OpenTime) Again(bar);
            else good.Add(bar);
        }

        if (good.Count > 0) Written += store.WriteBars(key, hasVolume, good.ToArray(), page.Provenance);
        if (conflicts.Count > 0) store.WriteRevisions(key, conflicts);
        if (refused.Count > 0) store.WriteLedger(refused);

        void Again(in Bar bar)
        {
            var time = bar.OpenTime;
            var first = good.FindIndex(b => b.OpenTime == time);
            if (first < 0)
            {
                Refuse(bar, "unsorted");
                return;
            }

            var same = good[first].SameValues(bar);
            Count(same ? "duplicate" : "conflict");
            if (!same) conflicts.Add(new BarRevision(bar, "conflict", now, page.Provenance.Source));
        }

        void Refuse(in Bar bar, string reason)
        {
            Count(reason);
            refused.Add(new LedgerEntry(now, "rejected", key, bar.OpenTime, new Timestamp(bar.OpenTime.Micros + key.Interval.Micros),
                $"{reason}: open {bar.Open} high {bar.High} low {bar.Low} close {bar.Close} volume {bar.Volume} from {page.Provenance.Source}"));
        }
    }

    private void Count(string reason) => rejected[reason] = rejected.GetValueOrDefault(reason) + 1;
}
