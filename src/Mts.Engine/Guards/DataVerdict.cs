using Mts.Core.Quality;

namespace Mts.Engine.Guards;

/// <summary>The quality of a run's bars in one word.</summary>
internal static class DataVerdict
{
    /// <returns>Fail where a run over the bars is refused unless it is allowed, note where bars are missing, unknown where none belong.</returns>
    public static GuardVerdict Of(SeriesQuality quality)
    {
        if (quality.Complaints().Any()) return GuardVerdict.Fail;
        if (quality.Holes.Count > 0) return GuardVerdict.Note;
        return quality.Expected == 0 ? GuardVerdict.Unknown : GuardVerdict.Pass;
    }
}
