using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>Proves that what is stored is what was written.</summary>
public interface IStoreChecks
{
    /// <summary>Reads every bar of the series again, hashes it by segment and holds it against the rules.</summary>
    /// <returns>One entry per finding; empty for a sound series.</returns>
    IReadOnlyList<StoreFinding> VerifyBars(SeriesKey key);

    /// <summary>Hashes bars as they were read: of each segment that they hold whole and that no other one reaches into.</summary>
    /// <returns>A finding is one of the stored bars as well, not of a writer who was at work meanwhile.</returns>
    ReadVerdict VerifyRead(BarSeries read);

    /// <summary>Checks the pages and indexes of the store's files.</summary>
    /// <returns>What the database says is wrong, line by line; empty for nothing.</returns>
    IReadOnlyList<string> CheckIntegrity();
}

/// <param name="SegmentId">The segment; null for a bar whose segment is not there.</param>
/// <param name="Kind"><c>hash</c>, <c>rows</c>, <c>rule</c>, <c>segment</c>.</param>
/// <param name="First">Open time of the first bar it concerns.</param>
/// <param name="Last">Open time of the last one.</param>
/// <param name="Detail">What differs, in words and numbers.</param>
public sealed record StoreFinding(long? SegmentId, string Kind, Timestamp First, Timestamp Last, string Detail);

/// <param name="Sound">Segments whose bars are as they were written.</param>
/// <param name="Findings">Of those that are not.</param>
public sealed record ReadVerdict(IReadOnlySet<long> Sound, IReadOnlyList<StoreFinding> Findings);
