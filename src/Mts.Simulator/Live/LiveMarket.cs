using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>
/// One instrument that trades: orders arrive at random times, rest, are cancelled or taken, so that the price follows the model's minute path.
/// Everything follows from the seed, the moment it starts and the rate; how often it is advanced does not matter.
/// </summary>
internal sealed partial class LiveMarket
{
    private const long MicrosPerMinute = 60_000_000;

    private readonly LiveOptions options;
    private readonly ICandles path;
    private readonly double usual;
    private NoiseStream noise;
    private NoiseStream idNoise;
    private double gap;
    private double minuteOpen;
    private double minuteClose;
    private long targetMinute = long.MinValue;
    private long nextLiquidation = long.MaxValue;
    private double excitement = 1;
    private long excitedUntil;

    public LiveMarket(Market market, LiveCandles candles, LiveOptions options, ulong seed, long startMicros)
    {
        (Market, this.options, path) = (market, options, candles.Before);
        var key = Noise.Key(seed, $"live {Listing.Venue} {Listing.Symbol}");
        (noise, idNoise) = (new NoiseStream(key), new NoiseStream(Noise.Mix(key)));
        (StartMicros, Now) = (startMicros, startMicros);
        Log = new ChangeLog(options.History);
        UpdateId = FirstId(startMicros / 1_000);
        usual = Math.Max(20, (candles.Bar(new Span(Clock.Minute), ((startMicros / 1_000) - Clock.Minute) / Clock.Minute * Clock.Minute, startMicros / 1_000)?.Volume ?? 2_000) / 40.0);
        var price = Target(startMicros);
        gap = Math.Max(1, PriceGap(price));
        (LastPrice, LastChangeMicros) = ((long)Math.Max(2, Math.Round(price)), startMicros);
        Fill(isBid: true, LastPrice - 1);
        Fill(isBid: false, LastPrice + 1);
        StartTape(candles);
        Log.Start(Book, UpdateId);
        NextMicros = startMicros + Wait();
        if (Listing.IsPerpetual) nextLiquidation = startMicros + Exponential(options.LiquidationEvery * 1e6);
    }

    public Market Market { get; }

    public Listing Listing => Market.Listing;

    public LiveBook Book { get; } = new();

    public ChangeLog Log { get; }

    public long StartMicros { get; }

    /// <summary>The moment up to which everything has happened.</summary>
    public long Now { get; private set; }

    /// <summary>When the next order comes.</summary>
    public long NextMicros { get; private set; }

    public long LastPrice { get; private set; }

    public long LastChangeMicros { get; private set; }

    /// <summary>The id of the latest change.</summary>
    public long UpdateId { get; private set; }

    /// <summary>What REST shows where that is not simply the book as it is now; takes the number of levels.</summary>
    public Func<int, Book?>? Offered { get; set; }

    /// <summary>A liquidation has happened in the latest step.</summary>
    public Liquidation? LatestLiquidation { get; private set; }

    /// <summary>Lets the next order happen, at <see cref="NextMicros"/>.</summary>
    public void Step()
    {
        Now = NextMicros;
        NextMicros = Now + Wait();
        LatestLiquidation = null;
        CloseMinutes(Now);
        var target = Target(Now);
        if (emptied is { } side) Starve(side);
        else if (Now >= nextLiquidation) Liquidate(target);
        else Order(target);
        Quote(target);
    }

    /// <summary>Says that nothing happened up to a moment, so that minutes close on time.</summary>
    public void Rest(long micros)
    {
        if (micros <= Now) return;
        Now = micros;
        CloseMinutes(micros);
    }

    /// <summary>Multiplies the rate for a while.</summary>
    public void Burst(double factor, long untilMicros)
    {
        (excitement, excitedUntil) = (factor, untilMicros);
        NextMicros = Math.Min(NextMicros, Now + Wait());
    }

    /// <summary>Jumps over update ids, as a venue that lost some would.</summary>
    /// <returns>How many.</returns>
    public long SkipIds()
    {
        var skipped = 1 + idNoise.NextBelow(50);
        UpdateId += skipped;
        return skipped;
    }

    /// <summary>The price that the model's path has at a moment, in units.</summary>
    public double Target(long micros)
    {
        var current = micros / MicrosPerMinute;
        if (current != targetMinute)
        {
            minuteOpen = path.PriceAt(current * Clock.Minute) ?? minuteClose;
            minuteClose = path.PriceAt((current + 1) * Clock.Minute) ?? minuteOpen;
            if (minuteOpen < 2) minuteOpen = Math.Max(2, minuteClose);
            targetMinute = current;
        }

        return minuteOpen + ((minuteClose - minuteOpen) * (micros - (current * MicrosPerMinute)) / MicrosPerMinute);
    }

    private void Set(bool isBid, long price, long quantity)
    {
        Book.Side(isBid).Set(price, quantity);
        UpdateId += Listing.Venue == Venue.BinanceUsdm ? 1 + idNoise.NextBelow(90) : 1;
        LastChangeMicros = Now;
        Log.Add(new Change(UpdateId, price, quantity, isBid, Now));
    }

    private long Wait() => Exponential(1e6 / (options.Rate * (Now < excitedUntil ? excitement : 1)));

    private long Exponential(double meanMicros) => Math.Max(1, (long)(-meanMicros * Math.Log(noise.NextUnit())));

    // Of the size that each venue's ids have nowadays.
    private long FirstId(long ms) => Listing.Venue switch
    {
        Venue.BinanceSpot => ms / 20,
        Venue.BinanceUsdm => ms * 5,
        _ => ms / 3,
    };
}
