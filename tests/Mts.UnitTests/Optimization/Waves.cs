using Mts.Core.Market;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

/// <summary>Markets with an edge planted in them.</summary>
internal static class Waves
{
    /// <summary>A walk, and on it trends of forty days up and forty days down: short means follow them, long ones come too late.</summary>
    /// <param name="seed">Of the walk.</param>
    /// <param name="days">How many.</param>
    /// <param name="edge">A day's part of a trend; 0 plants none.</param>
    public static BarSeries Of(int seed, int days, double edge)
    {
        var (random, closes, price) = (new Random(seed), new double[days], 1_000.0);
        for (var i = 0; i < days; i++)
        {
            price *= 1 + (edge * (i / 40 % 2 == 0 ? 1 : -1)) + ((random.NextDouble() - 0.5) * 0.04);
            closes[i] = Math.Round(Math.Max(1, price), 4);
        }

        return Runs.Closes(closes);
    }
}
