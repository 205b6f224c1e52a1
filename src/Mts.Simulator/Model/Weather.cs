namespace Mts.Simulator.Model;

/// <summary>What all markets share on one day.</summary>
/// <param name="Return">Log return of the crypto market as a whole.</param>
/// <param name="Volatility">Multiple of the usual volatility: about 0.6 in calm, 1 in usual, 1.9 in stormy times.</param>
/// <param name="Vix">The model's VIX at the New York close, index points.</param>
/// <param name="Mood">Smoothed market return of the last week; moves funding.</param>
/// <param name="Dollar">Log level of the broad dollar index.</param>
/// <param name="Rates">Slow level of interest rates, percent.</param>
/// <param name="Slope">Difference between ten-year and two-year rates, percentage points.</param>
internal readonly record struct WeatherDay(double Return, double Volatility, double Vix, double Mood, double Dollar, double Rates, double Slope);

/// <summary>The common factor of all series: trends and volatility regimes that last, fat-tailed shocks, and a VIX that fears what the market does.</summary>
internal sealed class Weather(ulong seed)
{
    public static readonly int FirstDay = Clock.DayOf(new DateOnly(2000, 1, 1));

    private const double DailyDeviation = 0.024;
    private static readonly double[] drifts = [0.0030, 0.0002, -0.0032];
    private static readonly double[] volatilities = [0.6, 1.0, 1.9];
    private static readonly double[] switchOdds = [1 / 70.0, 1 / 90.0, 1 / 18.0];

    private readonly List<WeatherDay> days = [];
    private readonly Lock gate = new();
    private int trend = 1;
    private int storm = 1;
    private bool stress;

    public WeatherDay this[int day]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(day, FirstDay);
            lock (gate)
            {
                while (days.Count <= day - FirstDay) days.Add(Next());
                return days[day - FirstDay];
            }
        }
    }

    private WeatherDay Next()
    {
        var noise = new NoiseStream(Noise.Key(Noise.Key(seed, "weather"), days.Count));
        var before = days.Count == 0 ? new WeatherDay(0, 1, 18, 0, Math.Log(112), 3, 0.8) : days[^1];
        TurnRegimes(ref noise);

        var volatility = (0.85 * before.Volatility) + (0.15 * volatilities[storm]);
        var surprise = noise.NextFatTailed();
        var shock = DailyDeviation * volatility * surprise;
        var change = drifts[trend] + shock;

        var fear = Math.Log(before.Vix);
        var rest = Math.Log(17.5) + (0.5 * (volatility - 1)) + (stress ? 0.3 : 0);
        fear += (0.07 * (rest - fear)) - (1.15 * shock) + (0.04 * noise.NextGaussian());
        fear = Math.Clamp(fear, Math.Log(9.3), Math.Log(82));

        var dollarRest = Math.Log(112);
        var dollar = before.Dollar + (0.0008 * (dollarRest - before.Dollar)) + (0.0028 * noise.NextGaussian()) - (0.02 * shock);
        var rates = Math.Clamp(before.Rates + (0.0006 * (2.6 - before.Rates)) + (0.035 * noise.NextGaussian()), 0.05, 9);
        var slope = before.Slope + (0.002 * (0.7 - before.Slope)) + (0.022 * noise.NextGaussian());
        // What surprised today unsettles tomorrow.
        volatility = Math.Clamp(volatility + (0.16 * (Math.Abs(surprise) - 0.72)), 0.4, 3);
        return new WeatherDay(change, volatility, Math.Exp(fear), (0.86 * before.Mood) + (0.14 * change), dollar, rates, slope);
    }

    private void TurnRegimes(ref NoiseStream noise)
    {
        if (noise.NextUnit() < 1 / 75.0) trend = (trend + 1 + noise.NextBelow(2)) % 3;
        if (noise.NextUnit() < switchOdds[storm]) storm = storm == 1 && noise.NextUnit() < 0.5 ? 0 : storm == 1 ? 2 : 1;
        if (noise.NextUnit() < (stress ? 1 / 40.0 : 1 / 200.0)) stress = !stress;
    }
}
