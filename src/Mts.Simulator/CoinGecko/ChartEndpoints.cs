using System.Globalization;
using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.CoinGecko;

/// <summary>History: candles stamped with their close, and charts of irregular points that end with the live price.</summary>
internal sealed class ChartEndpoints(VendorPrices prices, bool isPro)
{
    private static readonly string[] candleDays = ["1", "7", "14", "30", "90", "180", "365"];

    public Reply Ohlc(Coin coin, SimRequest request)
    {
        if (request.Parameters["vs_currency"] is null || request.Parameters["days"] is null)
        {
            return Reply.Text(500, "application/json; charset=UTF-8", """{"status":500,"error":"Internal Server Error"}""");
        }

        var currency = Currency(request);
        var now = request.NowMs;
        var days = CandleDays(coin, request);
        var span = request.Parameters["interval"] switch
        {
            null => new Span(days <= 2 ? 30 * Clock.Minute : days <= 30 ? 4 * Clock.Hour : 4 * Clock.Day),
            _ when !isPro => throw CoinGeckoErrors.PlanRequired(now),
            "daily" => new Span(Clock.Day),
            "hourly" => new Span(Clock.Hour),
            _ => throw CoinGeckoErrors.Invalid("interval"),
        };
        var digits = Precision(request);
        var current = span.Floor(now - 1);
        var first = Math.Max(current - (((days * Clock.Day / span.Ms) - 1) * span.Ms), span.Floor(prices.FirstMs(coin)));
        return CoinGeckoErrors.Ok(w =>
        {
            w.WriteStartArray();
            for (var open = first; open <= current; open += span.Ms)
            {
                if (prices.Bar(coin, currency, span, open, now) is not { } bar) continue;
                w.WriteStartArray();
                w.WriteNumberValue(open + span.Ms);
                foreach (var price in (ReadOnlySpan<double>)[bar.Open, bar.High, bar.Low, bar.Close]) w.RubyFloat(Rounding.Price(price, digits));
                w.WriteEndArray();
            }

            w.WriteEndArray();
        });
    }

    public Reply Chart(Coin coin, SimRequest request)
    {
        var currency = Currency(request);
        var now = request.NowMs;
        var text = request.Parameters["days"] ?? throw CoinGeckoErrors.Missing("days");
        var whole = text == "max";
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && !whole) throw CoinGeckoErrors.Invalid("days");
        if (whole) days = (now - prices.FirstMs(coin)) / (double)Clock.Day;
        if (!isPro && (whole || days > 365)) throw CoinGeckoErrors.TooOld(now);

        var step = request.Parameters["interval"] switch
        {
            null => days <= 1 ? 5 * Clock.Minute : days <= 90 ? Clock.Hour : Clock.Day,
            "daily" => Clock.Day,
            "hourly" => Clock.Hour,
            _ => throw CoinGeckoErrors.Invalid("interval"),
        };
        return Points(coin, currency, now - (long)(days * Clock.Day), now, step, isLive: true, now, Precision(request));
    }

    public Reply Range(Coin coin, SimRequest request)
    {
        var currency = Currency(request);
        var now = request.NowMs;
        var from = Seconds(request, "from");
        var to = Seconds(request, "to");
        if (request.Parameters["interval"] is not null && !isPro) throw CoinGeckoErrors.PlanRequired(now);
        if (!isPro && from < now - (365 * Clock.Day) - Clock.Hour) throw CoinGeckoErrors.TooOld(now);
        if (to < from) throw CoinGeckoErrors.Invalid("to");

        var span = to - from;
        var isFresh = to >= now - Clock.Hour;
        var step = request.Parameters["interval"] switch
        {
            "daily" => Clock.Day,
            "hourly" => Clock.Hour,
            _ => span <= Clock.Day && isFresh ? 5 * Clock.Minute : span <= 90 * Clock.Day ? Clock.Hour : Clock.Day,
        };
        return Points(coin, currency, from, Math.Min(to, now), step, isLive: to >= now, now, Precision(request));
    }

    private Reply Points(Coin coin, string currency, long fromMs, long toMs, long step, bool isLive, long nowMs, int? digits)
    {
        var times = new List<long>();
        for (var at = Math.Max(fromMs, prices.FirstMs(coin)) / step * step; at <= toMs; at += step)
        {
            // Only daily points lie on the grid; the others are taken some time into their step.
            var time = step == Clock.Day ? at : at + (long)(Noise.Unit(Noise.Key(Noise.Key(5, coin.Id), at)) * Math.Min(step * 0.9, 6 * Clock.Minute));
            if (time >= fromMs && time <= toMs) times.Add(time);
        }

        if (isLive) times.Add(nowMs / 1_000 * 1_000);
        var points = times.Select(t => (Time: t, Price: prices.Price(coin, currency, t))).Where(p => p.Price is not null).Select(p => (p.Time, Price: p.Price ?? 0)).ToList();
        return CoinGeckoErrors.Ok(w =>
        {
            w.WriteStartObject();
            Series(w, "prices", points.Select(p => (p.Time, digits is { } d ? Math.Round(p.Price, Math.Min(d, 15)) : p.Price)));
            Series(w, "market_caps", points.Select(p => (p.Time, p.Price * coin.Supply * 1e6)));
            Series(w, "total_volumes", points.Select(p => (p.Time, prices.TrailingVolume(coin, currency, p.Time))));
            w.WriteEndObject();
        });
    }

    private static void Series(Utf8JsonWriter w, string name, IEnumerable<(long Time, double Value)> points)
    {
        w.WriteStartArray(name);
        foreach (var (time, value) in points)
        {
            w.WriteStartArray();
            w.WriteNumberValue(time);
            w.RubyFloat(value);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private int CandleDays(Coin coin, SimRequest request)
    {
        var text = request.Parameters["days"];
        if (text == "max") return isPro ? (int)((request.NowMs - prices.FirstMs(coin)) / Clock.Day) + 1 : throw CoinGeckoErrors.TooOld(request.NowMs);
        return candleDays.Contains(text) ? int.Parse(text ?? "", CultureInfo.InvariantCulture) : throw CoinGeckoErrors.Invalid("days");
    }

    private static string Currency(SimRequest request)
    {
        var currency = (request.Parameters["vs_currency"] ?? throw CoinGeckoErrors.Missing("vs_currency")).ToLowerInvariant();
        return VendorPrices.Currencies.Contains(currency) ? currency : throw new RefusalException(CoinGeckoErrors.Plain(422, "invalid vs_currency"));
    }

    private static int? Precision(SimRequest request) => request.Parameters["precision"] switch
    {
        null => null,
        "full" => 15,
        var text when int.TryParse(text, out var digits) && digits is >= 0 and <= 18 => digits,
        _ => throw CoinGeckoErrors.Invalid("precision"),
    };

    private static long Seconds(SimRequest request, string name)
    {
        var text = request.Parameters[name] ?? throw CoinGeckoErrors.Missing(name);
        if (long.TryParse(text, out var seconds) && seconds is >= 0 and < 100_000_000_000) return seconds * 1_000;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm"], null, Utc, out var date) ? date.ToUnixTimeMilliseconds() : throw CoinGeckoErrors.Invalid(name);
    }
}
