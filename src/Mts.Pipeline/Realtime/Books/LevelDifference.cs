using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>A price at which two books do not offer the same.</summary>
/// <param name="IsBid">Its side.</param>
/// <param name="Price">In the books' unit.</param>
/// <param name="Kept">Size in the kept book; 0 for no level.</param>
/// <param name="Fetched">Size in the fetched one.</param>
internal readonly record struct LevelDifference(bool IsBid, long Price, long Kept, long Fetched)
{
    /// <summary>Compares the best levels of a side as far as both books reach.</summary>
    /// <param name="kept">The kept side.</param>
    /// <param name="fetched">The fetched one.</param>
    /// <param name="isBid">Which side.</param>
    /// <param name="maxLevels">Levels a side at which both books are cut off; null for never.</param>
    /// <param name="isCut">Whether more than the fetched levels may be there.</param>
    /// <param name="into">Takes what differs.</param>
    public static void Collect(BookSide kept, BookSide fetched, bool isBid, int? maxLevels, bool isCut, List<LevelDifference> into)
    {
        var (a, b) = (Math.Min(kept.Count, BookHash.Levels), Math.Min(fetched.Count, BookHash.Levels));
        var mayKeepMore = kept.Count > a || kept.Count == maxLevels;
        var mayFetchMore = isCut || fetched.Count > b || fetched.Count == maxLevels;
        for (int i = 0, j = 0; i < a || j < b;)
        {
            if ((i == a && mayKeepMore) || (j == b && mayFetchMore)) return;
            var (ours, theirs) = (i < a ? kept[i] : default(LevelChange?), j < b ? fetched[j] : default(LevelChange?));
            if (ours?.Price == theirs?.Price)
            {
                if (ours!.Value.Size != theirs!.Value.Size) into.Add(new(isBid, ours.Value.Price, ours.Value.Size, theirs.Value.Size));
                i++;
                j++;
            }
            else if (theirs is null || (ours is { } own && (isBid ? own.Price > theirs.Value.Price : own.Price < theirs.Value.Price)))
            {
                into.Add(new(isBid, ours!.Value.Price, ours.Value.Size, 0));
                i++;
            }
            else
            {
                into.Add(new(isBid, theirs.Value.Price, 0, theirs.Value.Size));
                j++;
            }
        }
    }
}
