namespace Mts.Strategies.MultiBucket;

/// <summary>A bucket's view of a coin, which stands for some rows after it was last taken, or until its target is reached.</summary>
internal sealed class HeldView(int rows)
{
    private int left;

    /// <summary>Null where there is none.</summary>
    public BucketView? View { get; private set; }

    public void Renew(BucketView? fresh, double close)
    {
        if (fresh is not null) (View, left) = (fresh, rows);
        else if (View is not null && (--left <= 0 || HasComeTrue(close))) View = null;
    }

    public void End() => View = null;

    private bool HasComeTrue(double close) => View!.Target is { } target && (View.Weight > 0 ? close >= target : close <= target);
}
