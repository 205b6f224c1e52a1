using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>Whether limits, stops and targets that were named in another market foretell the true one.</summary>
/// <remarks>
/// Each is taken by what of it neither the price shown nor the true price of its time explains (least squares over its logarithm), so that a level that follows the market shown, or stays where it is, says nothing.
/// The rest is held against the next true low, high and close: correlation, and the lesser t of the slope, plain or by the long-run variance of its errors (Newey and West, Econometrica 55(3), 1987).
/// </remarks>
internal sealed class LevelForesight
{
    private const int Least = 40;
    private const int LeastOfStretch = 10;
    private const double Limit = 6;

    // A level that was taken from the future is the price itself; what honest levels share with it by chance, or by the memory of a market, is far less.
    private const double LeastCorrelation = 0.5;

    private readonly Dictionary<string, Levels> byKind = [];

    /// <summary>Adds the levels of one strategy on one series, where the market goes its own way.</summary>
    public void Add(Stretch stretch, IEnumerable<Decision> decisions)
    {
        var (truth, from) = (stretch.Truth, OtherMarket.Leaves(stretch.Turn, stretch.Length));
        if (from >= stretch.Length) return;
        var since = truth.CloseTime(from);
        foreach (var kind in decisions.Where(d => d.Time >= since).SelectMany(d => Named(d).Select(l => (d.Time, l.Kind, l.Price))).GroupBy(l => l.Kind))
        {
            var named = new List<(int Bar, double Price)>();
            foreach (var (time, _, price) in kind)
            {
                var bar = truth.LowerBound(time) - 1;
                if (bar < stretch.Length - 1 && price > 0) named.Add((bar, Math.Log(price)));
            }

            if (named.Count < LeastOfStretch) continue;
            if (!byKind.TryGetValue(kind.Key, out var levels)) byKind[kind.Key] = levels = new Levels();
            levels.Rests.AddRange(Rest(named.ConvertAll(n => n.Price), named.ConvertAll(n => Math.Log(stretch.Diverted.Closes[n.Bar])), named.ConvertAll(n => Math.Log(truth.Closes[n.Bar]))));
            foreach (var (bar, _) in named)
            {
                levels.Lows.Add(Math.Log(truth.Lows[bar + 1] / truth.Closes[bar]));
                levels.Highs.Add(Math.Log(truth.Highs[bar + 1] / truth.Closes[bar]));
                levels.Closes.Add(Math.Log(truth.Closes[bar + 1] / truth.Closes[bar]));
            }
        }
    }

    /// <returns>In words; null where nothing is foretold.</returns>
    public string? Find()
    {
        foreach (var (kind, levels) in byKind)
        {
            if (levels.Rests.Count < Least) continue;
            foreach (var (what, moves) in ((string, List<double>)[])[("low", levels.Lows), ("high", levels.Highs), ("close", levels.Closes)])
            {
                if (Measure(levels.Rests, moves) is var (correlation, t) && t > Limit && Math.Abs(correlation) > LeastCorrelation)
                    return FormattableString.Invariant($"shown other bars than the true ones, its {kind} still foretold the next true {what}: correlation {correlation:0.00} over {moves.Count} of them, t = {t:0.0}");
            }
        }

        return null;
    }

    private static IEnumerable<(string Kind, double Price)> Named(Decision d)
    {
        if (d.Order is { } o)
        {
            if (o.LimitPrice is { } limit) yield return ($"limits to {Word(o.Side)}", (double)limit);
            if (o.StopPrice is { } stop) yield return ($"stops to {Word(o.Side)}", (double)stop);
            if (o.StopLoss is { } loss) yield return ($"stop-losses to {Word(o.Side)}", (double)loss);
            if (o.TakeProfit is { } profit) yield return ($"take-profits to {Word(o.Side)}", (double)profit);
        }
        else if (d.Signal is { } s)
        {
            if (s.Stop is { } stop) yield return ($"stops of a {Word(s.Direction)}", stop);
            if (s.Target is { } target) yield return ($"targets of a {Word(s.Direction)}", target);
        }
    }

    private static string Word<T>(T side)
        where T : struct, Enum => side.ToString().ToLowerInvariant();

    private static double[] Rest(List<double> prices, List<double> shown, List<double> truth)
    {
        var (y, a, b) = (Centred(prices), Centred(shown), Centred(truth));
        b = Without(b, a);
        return Without(Without(y, a), b);
    }

    private static double[] Centred(List<double> values)
    {
        var mean = values.Average();
        return [.. values.Select(v => v - mean)];
    }

    private static double[] Without(double[] values, double[] other)
    {
        var square = Product(other, other);
        if (square < 1e-18) return values;
        var share = Product(values, other) / square;
        return [.. values.Select((v, i) => v - (share * other[i]))];
    }

    private static (double Correlation, double T)? Measure(List<double> rests, List<double> moves)
    {
        var (x, y) = (Centred(rests), Centred(moves));
        var (xx, yy, xy) = (Product(x, x), Product(y, y), Product(x, y));
        if (xx / x.Length < 1e-16 || yy / y.Length < 1e-24) return null;
        var errors = x.Select((v, i) => v * (y[i] - (xy / xx * v))).ToArray();
        var (lags, sum) = ((int)Math.Sqrt(errors.Length), 0.0);
        for (var lag = 0; lag <= lags; lag++)
        {
            var covariance = 0.0;
            for (var i = lag; i < errors.Length; i++) covariance += errors[i] * errors[i - lag];
            sum += covariance * (lag == 0 ? 1 : 2 * (1 - (lag / (lags + 1.0))));
        }

        var correlation = xy / Math.Sqrt(xx * yy);
        var plain = Math.Abs(correlation) * Math.Sqrt((x.Length - 2) / Math.Max(1e-12, 1 - (correlation * correlation)));
        return (correlation, sum > 0 ? Math.Min(plain, Math.Abs(xy) / Math.Sqrt(sum)) : plain);
    }

    private static double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private sealed class Levels
    {
        public List<double> Rests { get; } = [];

        public List<double> Lows { get; } = [];

        public List<double> Highs { get; } = [];

        public List<double> Closes { get; } = [];
    }
}
