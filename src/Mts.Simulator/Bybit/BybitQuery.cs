using System.Globalization;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>Bybit's reading of parameters.</summary>
internal sealed class BybitQuery(SimRequest request, Exchange exchange)
{
    public long NowMs => request.NowMs;

    public string? this[string name] => request.Parameters[name];

    /// <param name="usual">Without the parameter; null where it must be sent.</param>
    public string Category(string? usual = null)
    {
        var category = this["category"] ?? usual ?? throw Bad("params error: Category is required");
        return category is "spot" or "linear" or "inverse" or "option" ? category : throw Bad("Illegal category");
    }

    /// <summary>The venue of a category, or null for those that the simulator lists nothing in.</summary>
    public static Venue? VenueOf(string category) => category switch { "spot" => Venue.BybitSpot, "linear" => Venue.BybitLinear, _ => null };

    public Market Market(string category)
    {
        var symbol = this["symbol"] ?? throw Bad("params error: Symbol is required");
        return Find(category, symbol) ?? throw Bad("Not supported symbols");
    }

    public Market? Find(string category, string symbol) =>
        VenueOf(category) is { } venue && exchange.Find(venue, symbol) is { } market && market.Listing.ListedMs <= NowMs ? market : null;

    public IReadOnlyList<Market> All(string category) => VenueOf(category) is { } venue ? [.. exchange.At(venue).Where(m => m.Listing.ListedMs <= NowMs)] : [];

    public int Limit(int usual, int most)
    {
        if (this["limit"] is not { } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit : throw Bad("params error: limit invalid");
    }

    public long? Time(string name)
    {
        if (this[name] is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : throw Bad($"params error: {name} invalid");
    }

    public Span Interval() => SpanOf(this["interval"] ?? throw Bad("params error: Interval is required")) ?? throw Bad("Invalid period!");

    /// <summary>Null for lengths that Bybit does not know.</summary>
    public static Span? SpanOf(string interval) => interval switch
    {
        "1" or "3" or "5" or "15" or "30" or "60" or "120" or "240" or "360" or "720" => new Span(int.Parse(interval, CultureInfo.InvariantCulture) * Clock.Minute),
        "D" => new Span(Clock.Day),
        "W" => Span.Week,
        "M" => Span.Month,
        _ => null,
    };

    public RefusalException Bad(string message) => BybitEnvelope.Refuse(10001, message, NowMs);
}
