namespace Mts.Simulator.Model;

/// <summary>One day of a coin in US dollars, before any market's rounding; its activity is a multiple of the usual turnover.</summary>
internal readonly record struct PathDay(double Open, double High, double Low, double Close, double Activity);

/// <summary>The daily price path of a coin, grown from its listing on, never changed afterwards.</summary>
internal sealed class CoinPath
{
    private static readonly int AnchorDay = Clock.DayOf(new DateOnly(2026, 1, 1));
    private const double Pull = 0.004;
    private const double UsualDeviation = 0.024;

    private readonly Weather weather;
    private readonly ulong seed;
    private readonly int firstDay;
    private readonly List<PathDay> days = [];
    private readonly Lock gate = new();

    public CoinPath(Coin coin, Weather weather, ulong seed)
    {
        Coin = coin;
        this.weather = weather;
        this.seed = Noise.Key(seed, coin.Id);
        firstDay = Clock.DayOf(coin.ListedMs);
    }

    public Coin Coin { get; }

    public PathDay this[int day]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(day, firstDay);
            lock (gate)
            {
                while (days.Count <= day - firstDay) days.Add(Coin.IsStable ? NextStable() : Next());
                return days[day - firstDay];
            }
        }
    }

    private PathDay Next()
    {
        var day = firstDay + days.Count;
        var noise = new NoiseStream(Noise.Key(seed, day));
        var market = weather[day];
        var before = days.Count == 0 ? Coin.FirstPrice : days[^1].Close;
        var open = Math.Log(before) + (0.00015 * noise.NextGaussian());

        var own = Coin.Own * (0.5 + (0.5 * market.Volatility));
        var displaced = Math.Log(before) - Trend(day - 1);
        var close = open + (Coin.Beta * market.Return) + (own * noise.NextFatTailed()) + Trend(day) - Trend(day - 1) - (Pull * displaced);

        var common = Coin.Beta * UsualDeviation * market.Volatility;
        var deviation = Math.Sqrt((common * common) + (own * own));
        // The extremes of a Brownian bridge between the two prices.
        var rise = Math.Sqrt(((close - open) * (close - open)) - (2 * deviation * deviation * Math.Log(noise.NextUnit())));
        var fall = Math.Sqrt(((close - open) * (close - open)) - (2 * deviation * deviation * Math.Log(noise.NextUnit())));
        var high = (open + close + rise) / 2;
        var low = (open + close - fall) / 2;

        var weekend = Clock.DateOf(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.65 : 1;
        var excitement = Math.Pow((high - low) / (1.6 * UsualDeviation), 0.7);
        var activity = weekend * (0.25 + (0.75 * excitement)) * Math.Exp(0.25 * noise.NextGaussian());
        return new PathDay(Math.Exp(open), Math.Exp(high), Math.Exp(low), Math.Exp(close), activity);
    }

    private PathDay NextStable()
    {
        var day = firstDay + days.Count;
        var noise = new NoiseStream(Noise.Key(seed, day));
        var open = days.Count == 0 ? 1 : days[^1].Close;
        var close = 1 + (0.7 * (open - 1)) + (0.0002 * noise.NextFatTailed());
        var high = Math.Max(open, close) + (0.0003 * noise.NextUnit());
        var low = Math.Min(open, close) - (0.0003 * noise.NextUnit());
        return new PathDay(open, high, low, close, Math.Exp(0.3 * noise.NextGaussian()));
    }

    /// <summary>Log of the price around which the coin moves: from its first price to the anchor, and slowly on from there.</summary>
    private double Trend(int day)
    {
        var first = Math.Log(Coin.FirstPrice);
        var anchor = Math.Log(Coin.AnchorPrice);
        if (day <= AnchorDay) return first + ((anchor - first) * (day - firstDay) / (AnchorDay - firstDay));
        return anchor + ((day - AnchorDay) * Math.Log(1.08) / 365);
    }
}
