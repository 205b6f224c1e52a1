using Mts.Simulator.Faults;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>The REST answers that show a live book, as it is, or as a fault wants it.</summary>
internal sealed class BookSnapshots(SimulatedVenue venue, LiveInstruments instruments, IService rest, IWire wire)
{
    // How far back a snapshot lies that a fault makes old.
    private const int StaleChanges = 400;

    private Book? offered;

    public Reply Answer(SimRequest request, LiveInstrument instrument)
    {
        var symbol = instrument.Market.Listing.Symbol;
        var fault = venue.Faults.OfSnapshot(symbol, out var number);
        switch (fault)
        {
            case FaultKind.Snapshot429: return rest.TooManyRequests(request.NowMs, 1, 1);
            case FaultKind.Snapshot418: return wire.Banned(request.NowMs);
            case FaultKind.Snapshot5xx: return rest.ServerError((number % 4) switch { 0 => 500, 1 => 502, 2 => 503, _ => 504 }, request.NowMs);
            case FaultKind.SnapshotHtml: return Reply.Text(200, "text/html", "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>");
        }

        instrument.Market.Offered = levels => Offer(instrument.Market, levels, isStale: fault is not null);
        var reply = rest.Answer(venue.Clock.Displayed(request));
        instrument.Market.Offered = null;
        if (offered is { } book && reply.Status == 200) venue.Note(VenueEvent.Snapshot, null, symbol, first: book.UpdateId, last: book.Sequence ?? book.UpdateId);
        offered = null;
        return reply;
    }

    private Book? Offer(LiveMarket market, int levels, bool isStale)
    {
        if (venue.IsBybit)
        {
            var channel = Bybit.BybitBookChannel.Of(venue, instruments.Find(market.Listing.Symbol)!, 1_000);
            return offered = channel.Snapshot(levels, isStale);
        }

        var id = isStale ? market.Log.IdBack(StaleChanges) : market.UpdateId;
        return offered = Book.Of(isStale ? market.Log.At(id)! : market.Book, id, levels);
    }
}
