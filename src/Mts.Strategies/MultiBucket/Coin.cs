using Mts.Core.Indicators;

namespace Mts.Strategies.MultiBucket;

/// <summary>One coin of the portfolio: its rows, the views of its buckets, and what comes of them.</summary>
internal sealed class Coin(MultiBucketOptions options, int count)
{
    // The first three look at the coin alone; then one place for each other coin.
    private readonly HeldView[] views = [.. Enumerable.Range(0, 3 + count).Select(_ => new HeldView(options.HoldRows))];

    public RollingWindow Closes { get; } = new(options.Closes);

    public RollingWindow Returns { get; } = new(MultiBucketOptions.ReturnRows);

    public WantedWeight Wanted { get; } = new();

    /// <summary>Since the last row, for the stop.</summary>
    public double Close { get; set; }

    public void AddRow()
    {
        if (Closes.Count > 0) Returns.Add((Close / Closes.Values[^1]) - 1);
        Closes.Add(Close);
    }

    public ReadOnlySpan<double> LastCloses => Closes.Values[^MultiBucketOptions.ReturnRows..];

    public void Look(double? residualZ, Regime regime)
    {
        if (CoinFigures.Of(Closes.Values, options.ZRows) is not { } figures) return;
        views[0].Renew(CoinBuckets.Momentum(figures, regime.Leverage, options), Close);
        views[1].Renew(CoinBuckets.Residual(residualZ, regime.Leverage, options), Close);
        views[2].Renew(CoinBuckets.Reversion(figures, regime.Correlation ?? 1, regime.Leverage, options), Close);
    }

    public HeldView With(int other) => views[3 + other];

    /// <summary>The sum of all views, and why.</summary>
    public (double Weight, double Confidence, string Words) Net()
    {
        var (weight, gross, trust, words) = (0.0, 0.0, 0.0, new List<string>());
        foreach (var held in views)
        {
            if (held.View is not { } view) continue;
            weight += view.Weight;
            gross += Math.Abs(view.Weight);
            trust += Math.Abs(view.Weight) * view.Confidence;
            words.Add($"{100 * view.Weight:+0.##;−0.##} % {view.Words}");
        }

        return (Math.Clamp(weight, -1, 1), gross > 0 ? trust / gross : 1, words.Count > 0 ? string.Join("; ", words) : "no bucket wants it any more");
    }
}
