using Mts.Core.Market;

namespace Mts.Pipeline.Spreads;

/// <summary>What became of looking at a pair.</summary>
/// <param name="First">One market.</param>
/// <param name="Second">The other.</param>
/// <param name="Looks">How often a book of the pair had changed.</param>
/// <param name="Refused">How often and why no judgement was possible, those that happened; where funding is not known or prices are implausible, once for each direction.</param>
public sealed record PairStatus(Instrument First, Instrument Second, long Looks, IReadOnlyDictionary<SpreadRefusal, long> Refused)
{
    internal static PairStatus Of(SpreadPair pair)
    {
        var refused = new SortedDictionary<SpreadRefusal, long>();
        for (var i = 0; i < pair.Refusals.Length; i++)
        {
            if (pair.Refusals[i] > 0) refused.Add((SpreadRefusal)i, pair.Refusals[i]);
        }

        return new PairStatus(pair.First.Instrument, pair.Second.Instrument, pair.Looks, refused);
    }
}
