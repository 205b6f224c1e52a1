using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Settled and expected funding of USD-M perpetuals.</summary>
internal static class UsdmFunding
{
    private const int Usual = 100;

    public static Reply Rates(BinanceQuery query, IReadOnlyList<Market> all, long nowMs)
    {
        query.Allow("symbol", "startTime", "endTime", "limit");
        var markets = query.OptionalMarket() is { } one ? [one] : all;
        var limit = query.Limit(Usual, 1000);
        var (from, to) = (query.Time("startTime"), query.Time("endTime"));
        var rows = markets.SelectMany(m => Events(m, from ?? long.MinValue, Math.Min(to ?? nowMs, nowMs), limit, isForward: from is not null))
            .OrderBy(r => r.Event.StampMs).ThenBy(r => r.Market.Listing.Symbol, StringComparer.Ordinal).ToList();
        if (rows.Count > limit) rows = from is not null ? rows.GetRange(0, limit) : rows.GetRange(rows.Count - limit, limit);

        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartArray();
            foreach (var (market, settled) in rows) Row(w, market, settled);
            w.WriteEndArray();
        }));
    }

    /// <summary>Only symbols whose interval or bounds were adjusted are listed, and the two largest.</summary>
    public static Reply Info(IReadOnlyList<Market> all) => BinanceRefusal.Ok(Json.Of(w =>
    {
        w.WriteStartArray();
        foreach (var market in all.Where(m => m.Funding is { Hours: not 8 } || m.Listing.Coin.Ticker is "BTC" or "ETH"))
        {
            var usual = market.Funding is null or { Hours: 8 };
            w.WriteStartObject();
            w.WriteString("symbol", market.Listing.Symbol);
            w.WriteString("adjustedFundingRateCap", usual ? "0.00300000" : "0.02000000");
            w.WriteString("adjustedFundingRateFloor", usual ? "-0.00300000" : "-0.02000000");
            w.WriteNumber("fundingIntervalHours", market.Funding?.Hours ?? 8);
            w.WriteBoolean("disclaimer", false);
            if (usual) w.WriteNull("updateTime");
            else w.WriteNumber("updateTime", market.Listing.ListedMs + 86_400_123);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }));

    public static void Premium(Utf8JsonWriter w, Market market, Exchange exchange, long nowMs)
    {
        var listing = market.Listing;
        var last = market.LastPrice(nowMs) * listing.PriceUnit;
        var spot = exchange.Find(Venue.BinanceSpot, listing.Coin.Ticker + "USDT") is { } s ? s.LastPrice(nowMs) * s.Listing.PriceUnit * listing.Multiplier : last;
        var next = market.Funding?.NextAfter(nowMs) ?? 0;
        w.WriteStartObject();
        w.WriteString("symbol", listing.Symbol);
        var live = market.Live is { } trading ? Live.MarkPrice.Of(trading, nowMs * 1_000) : (Live.MarkPrice?)null;
        w.WriteString("markPrice", (live?.Mark ?? Mark(last, nowMs)).ToString("F8"));
        w.WriteString("indexPrice", (live?.Index ?? Mark(spot, nowMs + 1)).ToString("F8"));
        w.WriteString("estimatedSettlePrice", Mark(spot, nowMs + 2).ToString("F8"));
        w.Fixed("lastFundingRate", market.Funding?.At(next).Rate ?? 0, 8, 8);
        w.WriteString("interestRate", "0.00010000");
        w.WriteNumber("nextFundingTime", next);
        w.WriteNumber("time", nowMs);
        w.WriteEndObject();
    }

    private static IEnumerable<(Market Market, FundingEvent Event)> Events(Market market, long fromMs, long toMs, int limit, bool isForward)
    {
        if (market.Funding is not { } funding) yield break;
        // A stamp lies up to 15 ms after its hour, so the hour before may still be inside the range.
        var first = Math.Max(funding.FirstMs, (Math.Max(fromMs, 0) / funding.PeriodMs * funding.PeriodMs) - funding.PeriodMs);
        var last = toMs / funding.PeriodMs * funding.PeriodMs;
        if (!isForward) first = Math.Max(first, last - ((limit + 1) * funding.PeriodMs));
        var taken = 0;
        for (var due = first; due <= last && (!isForward || taken < limit); due += funding.PeriodMs)
        {
            var settled = funding.At(due);
            if (settled.StampMs < fromMs || settled.StampMs > toMs) continue;
            taken++;
            yield return (market, settled);
        }
    }

    private static void Row(Utf8JsonWriter w, Market market, FundingEvent settled)
    {
        w.WriteStartObject();
        w.WriteString("symbol", market.Listing.Symbol);
        w.WriteNumber("fundingTime", settled.StampMs);
        w.Fixed("fundingRate", settled.Rate, 8, 8);
        w.WriteString("markPrice", market.PriceAt(settled.DueMs) is { } price ? Mark(price, settled.DueMs).ToString("F8") : "");
        w.WriteString("rateType", "Regular");
        w.WriteEndObject();
    }

    private static double Mark(double price, long ms) => price * (1 + ((Noise.Unit(Noise.Key(29, ms)) - 0.5) * 4e-5));
}
