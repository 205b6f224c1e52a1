namespace Mts.Strategies.MultiBucket;

/// <summary>The pairs of the run: those held, until their distance has closed, and the widest of the others while there is room.</summary>
internal sealed class PairBook(Coin[] coins, string[] names, MultiBucketOptions options)
{
    private readonly List<(double Distance, int First, int Second, PairBucket Pair)> apart = [];

    public void Look(double leverage)
    {
        apart.Clear();
        var held = 0;
        for (var i = 0; i < coins.Length; i++)
        {
            for (var j = i + 1; j < coins.Length; j++) held += Look(i, j, leverage) ? 1 : 0;
        }

        // Sorting is stable: by the order of the run where distances are equal.
        foreach (var (_, first, second, pair) in apart.OrderByDescending(p => p.Distance).Take(Math.Max(0, options.MaxPairs - held))) Take(first, second, pair, leverage);
    }

    // True where the pair is held.
    private bool Look(int first, int second, double leverage)
    {
        var (a, b) = (coins[first], coins[second]);
        var (legA, legB) = (a.With(second), b.With(first));
        var found = PairBucket.Of(a.LastCloses, b.LastCloses, a.Returns.Values, b.Returns.Values);
        if (legA.View is null)
        {
            if (found is { IsApart: true } wide) apart.Add((Math.Abs(wide.Z), first, second, wide));
            return false;
        }

        if (found is { IsApart: true } still)
        {
            Take(first, second, still, leverage);
            return true;
        }

        if (found is { IsOver: true })
        {
            legA.End();
            legB.End();
            return false;
        }

        legA.Renew(null, a.Close);
        legB.Renew(null, b.Close);
        return legA.View is not null;
    }

    private void Take(int first, int second, in PairBucket pair, double leverage)
    {
        var (a, b) = pair.Views(names[first], names[second], leverage, options);
        coins[first].With(second).Renew(a, coins[first].Close);
        coins[second].With(first).Renew(b, coins[second].Close);
    }
}
