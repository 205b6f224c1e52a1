namespace Mts.Simulator.Model;

/// <summary>Reproducible randomness that is addressed, not consumed: the same key always gives the same number, in any order of asking.</summary>
/// <remarks>The mixing function is SplitMix64's: Steele, Lea, Flood, OOPSLA 2014.</remarks>
internal static class Noise
{
    public const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    public static ulong Key(ulong seed, long index) => Mix(seed ^ Mix((ulong)index + Golden));

    public static ulong Key(ulong seed, string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in name) hash = (hash ^ c) * 0x100000001B3;
        return Mix(seed ^ Mix(hash));
    }

    /// <returns>A number strictly between 0 and 1.</returns>
    public static double Unit(ulong key) => ((key >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <returns>A whole number from 0 up to, but not including, <paramref name="bound"/>.</returns>
    public static int Below(ulong key, int bound) => (int)(Unit(key) * bound);
}

/// <summary>A sequence of draws that belongs to one key.</summary>
internal struct NoiseStream(ulong key)
{
    private ulong state = key;
    private double spare;
    private bool hasSpare;

    public double NextUnit()
    {
        state += Noise.Golden;
        return Noise.Unit(Noise.Mix(state));
    }

    public int NextBelow(int bound) => (int)(NextUnit() * bound);

    /// <remarks>Marsaglia's polar method, SIAM Review 6(3), 1964.</remarks>
    public double NextGaussian()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextUnit()) - 1;
            v = (2 * NextUnit()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /// <summary>Student's t with four degrees of freedom, scaled to unit variance and cut at six deviations.</summary>
    public double NextFatTailed()
    {
        var chiSquare = -2 * Math.Log(NextUnit() * NextUnit());
        var t = NextGaussian() / Math.Sqrt(chiSquare / 4);
        return Math.Clamp(t / Math.Sqrt(2), -6, 6);
    }
}
