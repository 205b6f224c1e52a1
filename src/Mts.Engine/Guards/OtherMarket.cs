using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>Lets a market turn into another one: for a while it stays near the true prices, a little off at each bar; then it goes its own way, with the true moves in another order and direction.</summary>
/// <remarks>
/// What a strategy decides there cannot foretell the true market, unless it knows that from elsewhere. Near the true prices even one is found out that
/// holds its knowledge against the prices it is shown; on the way of its own no memory of the true market helps.
/// </remarks>
internal static class OtherMarket
{
    private const double Persistence = 0.5;
    private const double Distance = 0.4;

    /// <summary>Where the market goes its own way.</summary>
    public static int Leaves(int turn, int length) => turn + ((length - turn) / 2);

    /// <param name="series">A copy; its bars from <paramref name="turn"/> on are replaced.</param>
    /// <param name="turn">The first bar of the other market.</param>
    /// <param name="disguise">The draws.</param>
    /// <param name="offset">The place of the first bar in the run.</param>
    public static void Turn(BarSeries series, int turn, Disguise disguise, int offset)
    {
        if (turn >= series.Length || turn < 2) return;
        var truth = new Bar[series.Length];
        for (var i = 0; i < truth.Length; i++) truth[i] = series[i];
        var columns = new Columns(series);
        var deviation = Deviation(truth);
        var (leaves, off, last) = (Leaves(turn, series.Length), 0.0, truth[turn - 1].Close);
        for (var i = turn; i < series.Length; i++)
        {
            off = (Persistence * off) + (Distance * deviation * Draw(i + offset));
            var source = i < leaves ? truth[i] : truth[leaves + (int)(disguise.Unit(i + offset, 1) * (series.Length - leaves))];
            var move = i < leaves ? Math.Exp(off) * source.Close / last : Math.Exp((disguise.Unit(i + offset, 2) < 0.5 ? -1 : 1) * Math.Log(source.Close / source.Open));
            var bar = Moved(truth[i].OpenTime, source, last, last * move);
            columns.Set(i, bar);
            last = bar.Close;
        }

        // Nearly normal: the sum of three uniform draws.
        double Draw(int i) => 2 * (disguise.Unit(i, 3) + disguise.Unit(i, 4) + disguise.Unit(i, 5) - 1.5);
    }

    private static Bar Moved(Timestamp time, in Bar source, double open, double close)
    {
        var high = Math.Max(open, close) * (source.High / Math.Max(source.Open, source.Close));
        var low = Math.Min(open, close) * (source.Low / Math.Min(source.Open, source.Close));
        return new Bar(time, open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, source.Volume);
    }

    private static double Deviation(Bar[] bars)
    {
        var sum = 0.0;
        foreach (var bar in bars)
        {
            var move = Math.Log(bar.Close / bar.Open);
            sum += move * move;
        }

        return Math.Sqrt(sum / bars.Length);
    }
}
