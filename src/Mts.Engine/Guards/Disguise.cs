using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>What stands where the future would be: bars, observations and rates that are far from the true ones, up as often as down, on short and long scales.</summary>
/// <remarks>A value follows from its place and the segment's number alone, so that every veil over the same segment shows the same.</remarks>
internal sealed class Disguise(int number)
{
    private const int Kinds = 64;
    private static readonly double[] Factors = MakeFactors();
    private readonly ulong seed = 0x4D7473 + ((ulong)number * 0xD1B54A32D192ED03UL);

    /// <summary>Of the segment, from 0.</summary>
    public int Number => number;

    public Bar Of(in Bar bar, int index)
    {
        // The level moves over 1, 8, 64 and 512 bars: what looks one bar ahead meets another direction, what looks far another level.
        var level = Factor(index, 0) * Factor(index >> 3, 1) * Factor(index >> 6, 2) * Factor(index >> 9, 3);
        var (open, close) = (bar.Open * level * Factor(index, 4), bar.Close * level);
        var high = Math.Max(open, close) * (1 + (0.2 * Unit(index, 5)));
        var low = Math.Min(open, close) * (1 - (0.2 * Unit(index, 6)));
        return new Bar(bar.OpenTime, open, high, low, close, bar.Volume * Factor(index, 7) * Factor(index, 8));
    }

    /// <summary>A bar far ahead, of which only some are disguised: so extreme that a mean, a maximum or a deviation over all bars moves.</summary>
    public static Bar Extreme(in Bar bar, bool rises)
    {
        var factor = rises ? 1_000 : 0.001;
        return new Bar(bar.OpenTime, bar.Open * factor, bar.High * factor, bar.Low * factor, bar.Close * factor, bar.Volume * factor);
    }

    public MacroObservation Of(in MacroObservation observation, int index) =>
        observation.Value is { } value ? observation with { Value = (value * Far(index, 10)) + (2 * (Unit(index, 12) - 0.5)) } : observation;

    public FundingRate Of(in FundingRate rate, int index) => rate with { Rate = rate.Rate + (0.01 * (Unit(index, 13) - 0.5)), MarkPrice = rate.MarkPrice * Far(index, 14) };

    /// <summary>A number in [0, 1).</summary>
    public double Unit(int index, int column) => (Hash(index, column) >> 11) * (1.0 / (1UL << 53));

    // Observations are few: each goes a third to fivefold up or down.
    private double Far(int index, int column)
    {
        var factor = 1.3 + (3.7 * Unit(index, column));
        return (Hash(index, column) & 1) == 0 ? factor : 1 / factor;
    }

    private double Factor(int index, int column) => Factors[(int)(Hash(index, column) & (Kinds - 1))];

    // SplitMix64: Steele, Lea and Flood, OOPSLA 2014.
    private ulong Hash(int index, int column)
    {
        var z = seed + (((((ulong)(uint)index) << 4) | (uint)column) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    // Most within a few per cent, an eighth of them up to fourfold; each beside its inverse.
    private static double[] MakeFactors()
    {
        var factors = new double[Kinds];
        for (var i = 0; i < Kinds; i += 2)
        {
            var log = i < Kinds / 8 ? 0.3 + (1.1 * i / (Kinds / 8)) : 0.002 + (0.1 * i / Kinds);
            (factors[i], factors[i + 1]) = (Math.Exp(log), Math.Exp(-log));
        }

        return factors;
    }
}
