using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>Two markets for the same thing, looked at in both directions.</summary>
internal sealed class SpreadPair
{
    private readonly SpreadOptions options;
    private readonly DepthLimits depth;
    private readonly long maxAge;
    private readonly SpreadLane[] lanes;
    private readonly long[] refusals = new long[Enum.GetValues<SpreadRefusal>().Length];
    private Timestamp? sampled;

    public SpreadPair(PairKind kind, MarketState first, MarketState second, SpreadOptions options, LaneParts parts)
    {
        (First, Second, this.options) = (first, second, options);
        depth = new DepthLimits(options.Levels, options.DepthShare);
        maxAge = options.MaxAge.Ticks / 10;
        lanes = [new SpreadLane(kind, first, second, depth, options, parts), new SpreadLane(kind, second, first, depth, options, parts)];
    }

    public MarketState First { get; }

    public MarketState Second { get; }

    public bool IsOpen => lanes[0].Open is not null || lanes[1].Open is not null;

    /// <summary>How often the pair was looked at.</summary>
    public long Looks { get; private set; }

    public ReadOnlySpan<long> Refusals => refusals;

    public ReadOnlySpan<SpreadLane> Lanes => lanes;

    /// <summary>A book of the pair has changed.</summary>
    public void Look(Timestamp now)
    {
        Looks++;
        if (Check(now) is { } refusal)
        {
            refusals[(int)refusal]++;
            End(EndOf(refusal), now);
            return;
        }

        foreach (var lane in lanes)
        {
            if (lane.Look(now) is { } no) refusals[(int)no]++;
        }

        if (sampled is { } last && now - last < options.SampleEvery) return;
        sampled = now;
        foreach (var lane in lanes) lane.Sample(now);
    }

    /// <summary>Ends what can no longer be relied on, though no book has changed.</summary>
    public void Recheck(Timestamp now)
    {
        if (IsOpen && Check(now) is { } refusal) End(EndOf(refusal), now);
    }

    public void End(OpportunityEnd why, Timestamp now)
    {
        foreach (var lane in lanes) lane.End(why, now);
    }

    private SpreadRefusal? Check(Timestamp now)
    {
        if (StateOf(First) is { } first) return first;
        if (StateOf(Second) is { } second) return second;
        if (IsTooOld(First, now) || IsTooOld(Second, now)) return SpreadRefusal.TooOld;
        return First.Fee is null || Second.Fee is null ? SpreadRefusal.NoFee : null;
    }

    private bool IsTooOld(MarketState market, Timestamp now)
    {
        var (at, uncertainty) = market.BookTime;
        return now.Micros - at + uncertainty > maxAge;
    }

    private static SpreadRefusal? StateOf(MarketState market) => market.BookState switch
    {
        BookState.Valid => null,
        BookState.Empty => SpreadRefusal.Empty,
        BookState.Syncing => SpreadRefusal.Syncing,
        BookState.Stale => SpreadRefusal.Stale,
        _ => SpreadRefusal.Invalid,
    };

    internal static OpportunityEnd EndOf(SpreadRefusal refusal) => refusal switch
    {
        SpreadRefusal.TooOld => OpportunityEnd.TooOld,
        SpreadRefusal.FundingUnknown => OpportunityEnd.FundingUnknown,
        SpreadRefusal.Implausible => OpportunityEnd.Implausible,
        _ => OpportunityEnd.NotValid,
    };
}
