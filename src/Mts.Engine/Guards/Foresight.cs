using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>Whether decisions in another market foretell the true one, which they cannot know.</summary>
/// <remarks>
/// The correlation of the position wanted at each close with the true move of the next bar, and its t by the long-run variance of the products
/// (Newey and West, Econometrica 55(3), 1987), which does not take a lasting position in a lasting trend for many proofs.
/// </remarks>
internal sealed class Foresight
{
    private const int Least = 40;

    // One false alarm in a million runs, were the products normal; they have fat tails, and correlations that small do not count.
    private const double Limit = 5;

    // Near the true prices an honest strategy sees the true past, and foretells as much as the market lets it.
    private const double NearLimit = 0.3;
    private const double FreeLimit = 0.05;

    // Correlations of a random walk stay below so many standard errors.
    private const double Chance = 2.5;

    private readonly List<double> nearPositions = [];
    private readonly List<double> nearMoves = [];
    private readonly List<double> freePositions = [];
    private readonly List<double> freeMoves = [];

    /// <summary>Adds what a strategy wanted of one series after the turn.</summary>
    public void Add(Stretch stretch, IReadOnlyList<(Timestamp Time, double Position)> wanted)
    {
        var (truth, leaves, next, position) = (stretch.Truth, OtherMarket.Leaves(stretch.Turn, stretch.Length), 0, 0.0);
        for (var i = 0; i < stretch.Length - 1; i++)
        {
            for (; next < wanted.Count && wanted[next].Time <= truth.CloseTime(i); next++) position = wanted[next].Position;
            if (i < stretch.Turn || i == leaves - 1) continue;
            var move = Math.Log(truth.Closes[i + 1] / truth.Closes[i]);
            (i < leaves ? nearPositions : freePositions).Add(position);
            (i < leaves ? nearMoves : freeMoves).Add(move);
        }
    }

    /// <summary>Adds what a strategy held, where it gave orders: at a close it holds what the last one made it order.</summary>
    /// <remarks>Where the market goes its own way only. Near the true prices an order may be set off by the very move that it would be held against.</remarks>
    public void AddHeld(Stretch stretch, IReadOnlyList<(Timestamp Time, Direction Direction)> held)
    {
        var (truth, next, position) = (stretch.Truth, 0, 0.0);
        for (var i = 0; i < stretch.Length - 1; i++)
        {
            for (; next < held.Count && held[next].Time <= truth.CloseTime(i + 1); next++) position = (int)held[next].Direction;
            if (i < OtherMarket.Leaves(stretch.Turn, stretch.Length)) continue;
            freePositions.Add(position);
            freeMoves.Add(Math.Log(truth.Closes[i + 1] / truth.Closes[i]));
        }
    }

    /// <returns>In words; null where nothing is foretold.</returns>
    public string? Find()
    {
        if (Measure(freePositions, freeMoves) is var (free, t) && Math.Abs(t) > Limit && Math.Abs(free) > FreeLimit) return Words(free, t, freeMoves.Count);
        if (Measure(nearPositions, nearMoves) is var (near, u) && Math.Abs(u) > Limit && Math.Abs(near) > NearLimit + Memory()) return Words(near, u, nearMoves.Count);
        return null;
    }

    private static string Words(double correlation, double t, int count) => FormattableString.Invariant(
        $"shown other bars than the true ones, its positions still foretold the true next moves: correlation {correlation:0.00} over {count} bars, t = {t:0.0}");

    // What the market tells of its next move by its last ones.
    private double Memory()
    {
        var (most, n) = (0.0, nearMoves.Count);
        var mean = nearMoves.Average();
        var variance = nearMoves.Sum(m => (m - mean) * (m - mean));
        for (var lag = 1; lag <= Math.Min(10, n / 4); lag++)
        {
            var sum = 0.0;
            for (var i = lag; i < n; i++) sum += (nearMoves[i] - mean) * (nearMoves[i - lag] - mean);
            most = Math.Max(most, Math.Abs(sum / variance) - (Chance / Math.Sqrt(n)));
        }

        return 2 * most;
    }

    private static (double Correlation, double T)? Measure(List<double> positions, List<double> moves)
    {
        if (positions.Count < Least) return null;
        var (meanP, meanM) = (positions.Average(), moves.Average());
        var products = positions.Select((p, i) => (p - meanP) * (moves[i] - meanM)).ToArray();
        var (varP, varM, mean) = (positions.Average(p => (p - meanP) * (p - meanP)), moves.Average(m => (m - meanM) * (m - meanM)), products.Average());
        if (varP < 1e-12 || varM < 1e-24) return null;
        var (lags, sum) = ((int)Math.Sqrt(products.Length), 0.0);
        for (var lag = 0; lag <= lags; lag++)
        {
            var covariance = 0.0;
            for (var i = lag; i < products.Length; i++) covariance += (products[i] - mean) * (products[i - lag] - mean);
            sum += covariance * (lag == 0 ? 1 : 2 * (1 - (lag / (lags + 1.0))));
        }

        return sum <= 0 ? null : (mean / Math.Sqrt(varP * varM), mean * products.Length / Math.Sqrt(sum));
    }
}
