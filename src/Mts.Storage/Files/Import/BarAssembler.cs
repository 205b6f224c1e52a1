using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <summary>Makes a series of rows that are in order of time: asks the rules, and lets one row of each time stand.</summary>
/// <param name="rows">By time; the accepted ones are moved to the front.</param>
/// <param name="interval">The bars' grid.</param>
/// <param name="asOf">A bar that closes later is incomplete.</param>
/// <param name="hasVolume">False where no row has one.</param>
internal sealed class BarAssembler(BarColumns rows, Interval interval, Timestamp asOf, bool hasVolume)
{
    private readonly List<(int Row, string Reason)> refused = [];
    private readonly List<Bar> losers = [];

    public int Accepted { get; private set; }

    public int Duplicates { get; private set; }

    public int DuplicatesWithOtherVolume { get; private set; }

    public int Incomplete { get; private set; }

    public int ZeroVolume { get; private set; }

    /// <summary>Rows that break a rule.</summary>
    public IReadOnlyList<(int Row, string Reason)> Refused => refused;

    /// <summary>Rows that say something else than the accepted row of their time.</summary>
    public IReadOnlyList<Bar> Losers => losers;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BarSeries Assemble(SeriesKey key)
    {
        for (var row = AcceptUsual(); row < rows.Count;)
        {
            var end = row + 1;
            while (end < rows.Count && rows.Times[end] == rows.Times[row]) end++;
            if (Winner(row, end) is >= 0 and var winner) Accept(row, end, winner);
            row = end;
        }

        return new BarSeries(key, hasVolume, Accepted, rows.Times, rows.Opens, rows.Highs, rows.Lows, rows.Closes, rows.Volumes);
    }

    // The rows before the first that breaks a rule or shares its time with the next: they stay where they are, and a step of one interval stays on the grid.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AcceptUsual()
    {
        var (times, opens, highs, lows, closes, volumes) = (rows.Times, rows.Opens, rows.Highs, rows.Lows, rows.Closes, rows.Volumes);
        var (step, latest, expected) = (interval.Micros, asOf.Micros - interval.Micros, long.MinValue);
        var row = 0;
        for (; row < rows.Count; row++)
        {
            var (time, open, high, low, close, volume) = (times[row], opens[row], highs[row], lows[row], closes[row], volumes[row]);
            if (!(low > 0 && low <= open && low <= close && open <= high && close <= high && high < double.PositiveInfinity)) break;
            if (hasVolume && !(volume >= 0 && volume < double.PositiveInfinity)) break;
            if (time > latest || (time != expected && !interval.IsOnGrid(new Timestamp(time)))) break;
            if (row + 1 < rows.Count && times[row + 1] == time) break;
            expected = interval == Interval.Month ? long.MinValue : time + step;
            if (volume == 0) ZeroVolume++;
        }

        return Accepted = row;
    }

    // The first row with a trade count, else the first; -1 where none keeps the rules.
    private int Winner(int start, int end)
    {
        var winner = -1;
        for (var row = start; row < end; row++)
        {
            if (!IsGood(row)) continue;
            if (winner < 0 || (rows.HasTradeCount[row] && !rows.HasTradeCount[winner])) winner = row;
        }

        return winner;
    }

    private bool IsGood(int row)
    {
        switch (BarRules.Broken(rows[row], interval, asOf, hasVolume))
        {
            case null:
                return true;
            case "future":
                Incomplete++;
                return false;
            case var reason:
                refused.Add((row, reason));
                return false;
        }
    }

    private void Accept(int start, int end, int winner)
    {
        var bar = rows[winner];
        for (var row = start; row < end && end - start > 1; row++)
        {
            if (row == winner || BarRules.Broken(rows[row], interval, asOf, hasVolume) is not null) continue;
            var other = rows[row];
            if (!other.SamePrices(bar))
            {
                losers.Add(other);
                continue;
            }

            Duplicates++;
            if (!other.Volume.Equals(bar.Volume)) DuplicatesWithOtherVolume++;
        }

        if (bar.Volume == 0) ZeroVolume++;
        if (Accepted != winner) rows.Set(Accepted, bar);
        Accepted++;
    }
}
