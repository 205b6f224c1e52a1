using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Storage.Cache.Live;

/// <summary>An instrument's book as it stands now.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Time">The venue's time of the book, or the receive time where it tells none.</param>
/// <param name="State">The keeper's state; of a book that is not valid no level and no figure is written.</param>
/// <param name="UpdateId">The venue's number of the last update in it; null where there is none yet.</param>
/// <param name="Bids">Best first; owned by the entry from now on.</param>
/// <param name="Asks">Likewise.</param>
public sealed record BookEntry(
    string Venue, Symbol Symbol, Timestamp Time, BookState State, long? UpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);

/// <summary>A perpetual's funding as quoted now.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The perpetual.</param>
/// <param name="Time">The venue's time.</param>
/// <param name="Rate">Fraction of notional that longs would pay to shorts at the next settlement; null where none is told.</param>
/// <param name="MarkPrice">Quote units.</param>
/// <param name="IndexPrice">Quote units.</param>
/// <param name="NextFunding">The next settlement.</param>
/// <param name="Interval">The venue's real time between settlements.</param>
public sealed record FundingEntry(
    string Venue, Symbol Symbol, Timestamp Time, double? Rate, double? MarkPrice, double? IndexPrice, Timestamp? NextFunding, TimeSpan? Interval);

/// <summary>One connection to a venue.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Connection">Names it within the venue: <c>spot-1</c>.</param>
/// <param name="Time">When this was so.</param>
/// <param name="State">In the feed's words.</param>
/// <param name="Epoch">Counts the connections made under this name, from 1.</param>
/// <param name="Subscriptions">Streams in force.</param>
/// <param name="LastMessage">Receive time of the last data; null before the first.</param>
public sealed record SessionEntry(
    string Venue, string Connection, Timestamp Time, string State, long Epoch, IReadOnlyList<string> Subscriptions, Timestamp? LastMessage);

/// <summary>A price rule that fired.</summary>
/// <param name="Rule">Its name in the configuration.</param>
/// <param name="Subject">What it is about: <c>binance BTC/USDT</c>.</param>
/// <param name="Time">When it fired.</param>
/// <param name="Price">The price that made it fire, quote units; null where a rule has none.</param>
/// <param name="Message">For people.</param>
public sealed record PriceAlert(string Rule, string Subject, Timestamp Time, decimal? Price, string Message);
