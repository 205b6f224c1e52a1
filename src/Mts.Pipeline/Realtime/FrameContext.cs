using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>Where a frame or a fetched body comes from.</summary>
/// <param name="Epoch">Of its connection, or of the connection when it was asked for.</param>
/// <param name="Received">When it came.</param>
/// <param name="IsFetched">True for the answer of a fetch.</param>
/// <param name="Levels">Levels a side that were asked for; 0 where that is not known.</param>
/// <param name="IsCheck">True where it was fetched to tell a quiet market from a mute stream.</param>
internal readonly record struct FrameContext(int Epoch, Timestamp Received, bool IsFetched = false, int Levels = 0, bool IsCheck = false);

/// <summary>Something that a feed is to fetch or to subscribe anew.</summary>
/// <param name="Instrument">The market.</param>
/// <param name="Kind">What.</param>
/// <param name="FromId">First trade; null for the newest.</param>
/// <param name="From">Open time of the first bar.</param>
/// <param name="IsPatient">Books that begin go before it.</param>
internal readonly record struct Wish(int Instrument, FetchKind Kind, long? FromId = null, Timestamp? From = null, bool IsPatient = false);
