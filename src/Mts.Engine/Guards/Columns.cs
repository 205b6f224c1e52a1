using System.Runtime.InteropServices;
using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>The columns of a series, writable in place.</summary>
/// <remarks>A series never changes for anybody else: who writes here owns the series and puts back what was there.</remarks>
internal readonly ref struct Columns(BarSeries series)
{
    private readonly Span<double> opens = Writable(series.Opens);
    private readonly Span<double> highs = Writable(series.Highs);
    private readonly Span<double> lows = Writable(series.Lows);
    private readonly Span<double> closes = Writable(series.Closes);
    private readonly Span<double> volumes = Writable(series.Volumes);

    public void Set(int index, in Bar bar) =>
        (opens[index], highs[index], lows[index], closes[index], volumes[index]) = (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    private static Span<double> Writable(ReadOnlySpan<double> column) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(column), column.Length);
}
