namespace Mts.Adapters.Wire;

/// <content>Bars of a minute.</content>
internal ref partial struct FrameView
{
    /// <summary>A bar of the minute that starts at <paramref name="open"/>; refused where its prices contradict one another.</summary>
    /// <param name="open">Its open time.</param>
    /// <param name="first">Node of the open price.</param>
    /// <param name="high">Node of the highest price.</param>
    /// <param name="low">Node of the lowest price.</param>
    /// <param name="last">Node of the close price.</param>
    /// <param name="volume">Node of the volume.</param>
    public Bar Bar(Timestamp open, int first, int high, int low, int last, int volume)
    {
        var bar = new Bar(open, PriceNumber(first), PriceNumber(high), PriceNumber(low), PriceNumber(last), Number(volume));
        if (Problem is not null) return bar;
        var isWithin = bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close);
        if (!isWithin || bar.Volume < 0 || !Interval.Minute.IsOnGrid(open)) Fail(FrameProblem.ImpossibleBar);
        return bar;
    }
}
