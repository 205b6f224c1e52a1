using System.Collections.Concurrent;

namespace Mts.Simulator.Model;

/// <summary>The bars of one listing out of the model: days straight from the path, minutes drawn inside a day when they are asked for.</summary>
internal sealed class ModelCandles(Listing listing, CoinPath path, Weather weather, ulong seed) : ICandles
{
    private const int MinuteDaysKept = 48;
    private const int HourDaysKept = 800;

    private readonly ulong coinKey = Noise.Key(seed, "minutes " + listing.Coin.Id);
    private readonly ulong listingKey = Noise.Key(seed, $"listing {listing.Venue} {listing.Symbol}");
    private readonly ConcurrentDictionary<int, Candle[]> minutes = new();
    private readonly ConcurrentDictionary<int, Candle[]> hours = new();
    private readonly List<long> tradeCounts = [0];

    public Listing Listing { get; } = listing;

    public long FirstMs => Listing.ListedMs;

    public long LastMs => long.MaxValue;

    public double? PriceAt(long ms)
    {
        if (ms < FirstMs) return null;
        if (ms % Clock.Hour == 0) return PriceAtHour(ms);
        var day = Clock.DayOf(ms);
        return Minutes(day)[(int)((ms - Start(day)) / Clock.Minute)].Open;
    }

    public Candle? Bar(Span span, long openMs, long nowMs) =>
        span.Ms == Clock.Second ? Second(openMs, nowMs) : Between(openMs, span.Next(openMs), nowMs);

    /// <summary>The finished bar of a day.</summary>
    public Candle Day(int day)
    {
        var usd = path[day];
        var noise = new NoiseStream(Noise.Key(listingKey, day));
        var basis = 1 + Basis(day, ref noise);
        var open = Listing.ToUnits(usd.Open * basis);
        var high = Listing.ToUnits(usd.High * basis);
        var low = Listing.ToUnits(usd.Low * basis);
        var close = Listing.ToUnits(usd.Close * basis);

        var length = MinutesOf(day);
        var dollars = Listing.Coin.Turnover * 1e6 * VenueShare * usd.Activity * Math.Exp(0.1 * noise.NextGaussian()) * length / 1440;
        var volume = Math.Max(160L * length, (long)(dollars / usd.Close / Listing.Multiplier / Listing.LotUnit));
        var quote = (Int128)volume * (open + high + low + close) / 4;
        var taken = 0.5 + (0.8 * Math.Clamp(Math.Log(usd.Close / usd.Open), -0.1, 0.1)) + (0.01 * noise.NextGaussian());
        var share = (long)(Math.Clamp(taken, 0.35, 0.65) * 1_000_000);
        var trades = Math.Max(20L * length, (long)(dollars / 850));
        return new Candle(
            Start(day), open, high, low, close, volume, quote, trades, (long)((Int128)volume * share / 1_000_000), quote * share / 1_000_000);
    }

    /// <summary>The finished minutes of a day.</summary>
    public Candle[] Minutes(int day)
    {
        if (minutes.TryGetValue(day, out var known)) return known;
        var bar = Day(day);
        var made = MinutePath.Of(bar, Knots(day, bar), MinutesOf(day), bar.OpenMs, Noise.Key(coinKey, day));
        if (minutes.Count >= MinuteDaysKept) minutes.Clear();
        return minutes[day] = made;
    }

    // At a full hour the coarse path is enough; no minutes are drawn.
    private double PriceAtHour(long ms)
    {
        var day = Clock.DayOf(ms);
        var bar = Day(day);
        return Knots(day, bar).PriceAt((int)((ms - bar.OpenMs) / Clock.Minute));
    }

    /// <summary>The trades of the minute that opens at <paramref name="openMs"/>.</summary>
    public Tape[] Trades(long openMs)
    {
        var day = Clock.DayOf(openMs);
        var bars = Minutes(day);
        var index = (int)((openMs - Start(day)) / Clock.Minute);
        var trades = TradesBefore(day);
        for (var i = 0; i < index; i++) trades += bars[i].Trades;
        return MinuteTape.Of(bars[index], (openMs - FirstMs) / Clock.Minute, trades, Noise.Key(Noise.Key(listingKey, "tape"), openMs));
    }

    private long TradesBefore(int day)
    {
        var first = Clock.DayOf(FirstMs);
        lock (tradeCounts)
        {
            while (tradeCounts.Count <= day - first) tradeCounts.Add(tradeCounts[^1] + Day(first + tradeCounts.Count - 1).Trades);
            return tradeCounts[day - first];
        }
    }

    private double VenueShare => Listing.Venue switch
    {
        Venue.BinanceSpot => 1,
        Venue.BinanceUsdm => 5,
        Venue.BybitSpot => 0.35,
        _ => 2.2,
    };

    private DayKnots Knots(int day, in Candle bar) => new(bar, MinutesOf(day), Noise.Key(coinKey, day));

    private long Start(int day) => Math.Max(day * Clock.Day, FirstMs);

    private int MinutesOf(int day) => (int)((((day + 1) * Clock.Day) - Start(day)) / Clock.Minute);

    // Venues differ by a few hundredths of a percent, perpetuals lean with the mood.
    private double Basis(int day, ref NoiseStream noise)
    {
        if (Listing.Coin.IsStable || Listing.Venue == Venue.BinanceSpot) return 0;
        var lean = Listing.IsPerpetual ? Math.Clamp(0.02 * weather[day].Mood, -0.0006, 0.0006) : 0;
        return lean + (0.0001 * noise.NextGaussian());
    }

    private Candle? Between(long fromMs, long toMs, long nowMs)
    {
        Candle? sum = null;
        var end = Math.Min(toMs, nowMs);
        for (var at = Math.Max(fromMs, FirstMs); at < end;)
        {
            var (part, length) = Largest(at, end);
            if (part is { } bar) sum = sum is { } before ? before.Then(bar) : bar;
            at += length;
        }

        return sum is { } whole ? whole with { OpenMs = fromMs } : null;
    }

    private (Candle? Bar, long Length) Largest(long at, long end)
    {
        var day = Clock.DayOf(at);
        if (at % Clock.Day == 0 && at + Clock.Day <= end) return (Day(day), Clock.Day);
        if (at % Clock.Hour == 0 && at + Clock.Hour <= end) return (Hours(day)[(int)((at - Start(day)) / Clock.Hour)], Clock.Hour);
        if (at + Clock.Minute <= end) return (Minutes(day)[(int)((at - Start(day)) / Clock.Minute)], Clock.Minute);
        return (MinuteTape.Sum(Trades(at), at, end), Clock.Minute);
    }

    private Candle[] Hours(int day)
    {
        if (hours.TryGetValue(day, out var known)) return known;
        var made = new Candle[MinutesOf(day) / 60];
        var bars = Minutes(day);
        for (var i = 0; i < bars.Length; i++) made[i / 60] = i % 60 == 0 ? bars[i] : made[i / 60].Then(bars[i]);
        if (hours.Count >= HourDaysKept) hours.Clear();
        return hours[day] = made;
    }

    private Candle? Second(long openMs, long nowMs)
    {
        if (openMs >= nowMs || openMs < FirstMs) return null;
        var minute = openMs - (openMs % Clock.Minute);
        var tape = Trades(minute);
        if (MinuteTape.Sum(tape, openMs, Math.Min(openMs + Clock.Second, nowMs)) is { } bar) return bar;
        var price = Array.FindLast(tape, t => t.TimeMs < openMs).Price;
        return new Candle(openMs, price, price, price, price, 0, 0, 0, 0, 0);
    }
}
