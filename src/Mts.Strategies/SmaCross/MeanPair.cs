using System.Runtime.CompilerServices;
using Mts.Core.Indicators;
using Mts.Core.Signals;

namespace Mts.Strategies.SmaCross;

/// <summary>Two means of one price and the direction that they ask for.</summary>
internal sealed class MeanPair(int fast, int slow)
{
    private readonly ExactSum fastSum = new(fast);
    private readonly ExactSum slowSum = new(slow);

    public Direction Direction { get; private set; }

    /// <summary>Whether the position has been seen to be what <see cref="Direction"/> asks for.</summary>
    public bool IsFollowed { get; set; } = true;

    /// <returns>True where the direction has changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(double close)
    {
        var units = ExactSum.ToUnits(close);
        fastSum.AddUnits(units);
        slowSum.AddUnits(units);
        if (!slowSum.IsFull) return false;
        var order = fastSum.CompareMeanTo(slowSum);
        var wanted = order switch { > 0 => Direction.Long, < 0 => Direction.Flat, _ => Direction };
        if (wanted == Direction) return false;
        Direction = wanted;
        IsFollowed = false;
        return true;
    }

    public MeanReason Reason() => new(fastSum.Length, fastSum.Mean!.Value, fastSum.CompareMeanTo(slowSum), slowSum.Length, slowSum.Mean!.Value);
}
