using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Makes longer bars of shorter ones, one at a time: each is there as soon as its last part has closed. A bucket that lacks a part is left out and counted.</summary>
public sealed class BarMerger
{
    private readonly Interval from;
    private readonly Interval to;
    private readonly bool hasVolume;
    private long bucketEnd = long.MinValue;
    private long missing;
    private Bar bar;
    private decimal volume;

    /// <exception cref="ConfigurationException">The longer interval is no multiple of the shorter one.</exception>
    public BarMerger(Interval from, Interval to, bool hasVolume)
    {
        if (to == from || !to.IsMultipleOf(from)) throw new ConfigurationException($"{to} bars cannot be made of {from} bars; choose a multiple of {from}.");
        (this.from, this.to, this.hasVolume) = (from, to, hasVolume);
    }

    /// <summary>Buckets that lacked a part, the one under way included.</summary>
    public int IncompleteBuckets { get; private set; }

    /// <param name="part">Opens after the one before.</param>
    /// <param name="longer">The bar that has closed with it.</param>
    public bool TryAdd(in Bar part, out Bar longer)
    {
        if (part.OpenTime.Micros >= bucketEnd) Begin(part);
        else Merge(part);
        missing--;
        longer = default;
        if (missing > 0 || part.OpenTime.Micros + from.Micros != bucketEnd) return false;
        longer = bar with { Volume = hasVolume ? (double)volume : double.NaN };
        IncompleteBuckets--;
        return true;
    }

    private void Begin(in Bar part)
    {
        var open = to.Floor(part.OpenTime);
        bucketEnd = to.End(open).Micros;
        missing = (bucketEnd - open.Micros) / from.Micros;
        bar = part with { OpenTime = open };
        volume = hasVolume ? (decimal)part.Volume : 0;
        IncompleteBuckets++;
    }

    private void Merge(in Bar part)
    {
        bar = bar with { High = Math.Max(bar.High, part.High), Low = Math.Min(bar.Low, part.Low), Close = part.Close };
        if (hasVolume) volume += (decimal)part.Volume;
    }
}
