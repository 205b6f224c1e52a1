using Mts.Core.Market;

namespace Mts.Core.Performance;

/// <summary>One fall from a peak.</summary>
/// <param name="Peak">The last moment at the peak.</param>
/// <param name="Trough">Where it was deepest.</param>
/// <param name="Recovery">The first moment at the peak again; null where that never came.</param>
/// <param name="Depth">Positive fraction of the peak.</param>
public sealed record Drawdown(Timestamp Peak, Timestamp Trough, Timestamp? Recovery, double Depth)
{
    /// <param name="equity">At least one point; the first is the first peak.</param>
    /// <param name="most">How many are wanted.</param>
    /// <returns>The deepest first; of equal depth the earlier one.</returns>
    public static IReadOnlyList<Drawdown> Deepest(IReadOnlyList<EquityPoint> equity, int most)
    {
        var all = new List<Drawdown>();
        var (peak, trough) = (equity[0], equity[0]);
        for (var i = 1; i < equity.Count; i++)
        {
            var point = equity[i];
            if (point.Value >= peak.Value)
            {
                End(point.Time);
                peak = trough = point;
            }
            else if (point.Value < trough.Value)
            {
                trough = point;
            }
        }

        End(null);
        return [.. all.OrderByDescending(d => d.Depth).ThenBy(d => d.Peak.Micros).Take(most)];

        void End(Timestamp? recovery)
        {
            if (trough.Value < peak.Value) all.Add(new Drawdown(peak.Time, trough.Time, recovery, (peak.Value - trough.Value) / peak.Value));
        }
    }
}
