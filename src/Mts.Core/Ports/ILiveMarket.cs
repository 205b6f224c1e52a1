using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>Markets as they go: closed bars, best quotes, settled funding, each as it becomes known.</summary>
public interface ILiveMarket
{
    /// <summary>Follows the series until it is cancelled. What has closed since <see cref="LiveSeries.From"/> comes first, oldest first over all series, marked late;
    /// what is missed later is fetched back in the same way before newer bars of its series are given. What cannot be had is told as a gap, never made up.</summary>
    /// <exception cref="ApiException">The market cannot be followed at all; a failure that may pass is waited out.</exception>
    IAsyncEnumerable<LiveInput> FollowAsync(IReadOnlyList<LiveSeries> series, CancellationToken cancellationToken);
}

/// <param name="Key">The series.</param>
/// <param name="From">Open time of the first bar wanted.</param>
public sealed record LiveSeries(SeriesKey Key, Timestamp From);

/// <summary>Something that has become known.</summary>
/// <param name="Received">When, by the receiver's clock.</param>
public abstract record LiveInput(Timestamp Received);

/// <param name="Received">When it arrived.</param>
/// <param name="Series">Index of the series.</param>
/// <param name="Bar">Closed; the venue's close time is its open time and the interval.</param>
/// <param name="IsLate">Fetched back after it was missed, or from before the start.</param>
public sealed record LiveBar(Timestamp Received, int Series, Bar Bar, bool IsLate = false) : LiveInput(Received);

/// <param name="Received">When it arrived.</param>
/// <param name="Series">Index of the series.</param>
/// <param name="Bid">Best bid; null where that side is empty.</param>
/// <param name="Ask">Best ask; null where that side is empty.</param>
/// <param name="IsValid">False where the book is not known to be right; its prices are then not to be used.</param>
public sealed record LiveTop(Timestamp Received, int Series, BookLevel? Bid, BookLevel? Ask, bool IsValid) : LiveInput(Received);

/// <param name="Received">When it arrived.</param>
/// <param name="Series">Index of the series of a perpetual.</param>
/// <param name="Rate">As settled.</param>
public sealed record LiveFunding(Timestamp Received, int Series, FundingRate Rate) : LiveInput(Received);

/// <param name="Received">When it arrived.</param>
/// <param name="SeriesId">FRED id.</param>
/// <param name="Observation">Not to be used before its known time.</param>
public sealed record LiveMacro(Timestamp Received, string SeriesId, MacroObservation Observation) : LiveInput(Received);

/// <summary>Nothing but the time: it is later now.</summary>
public sealed record LiveClock(Timestamp Received) : LiveInput(Received);

/// <param name="Received">When it was found.</param>
/// <param name="Series">Index of the series.</param>
/// <param name="From">Open time of the first missing bar.</param>
/// <param name="Until">Open time of the next one there is, exclusive.</param>
/// <param name="Cause">In words.</param>
public sealed record LiveGap(Timestamp Received, int Series, Timestamp From, Timestamp Until, string Cause) : LiveInput(Received);
