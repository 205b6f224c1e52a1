using Mts.Core.Market;
using Mts.Simulator.Http;

namespace Mts.Simulator.Live;

/// <summary>The clock that a venue shows: the true one, or for a while one that is off.</summary>
internal sealed class ShownClock(SimulatedVenue venue)
{
    private long offset;
    private long offUntil;

    /// <summary>Until when it is wrong, by the true clock; long ago where it never was.</summary>
    public Timestamp WrongUntil => new(offUntil);

    /// <summary>How far it is off now, in microseconds.</summary>
    public long Offset => venue.NowMicros < offUntil ? offset : 0;

    /// <summary>Puts it off by so many microseconds for so long.</summary>
    public void SetOff(long byMicros, long forMicros) => (offset, offUntil) = (byMicros, venue.NowMicros + forMicros);

    /// <summary>What it shows at a true moment, Unix milliseconds.</summary>
    public long Display(long micros) => (micros + Offset) / 1_000;

    /// <summary>The request at the moment that it shows.</summary>
    public SimRequest Displayed(SimRequest request) => Offset == 0 ? request : request with { NowMs = request.NowMs + (Offset / 1_000) };
}
