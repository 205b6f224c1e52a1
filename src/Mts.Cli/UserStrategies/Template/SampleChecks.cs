using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;

namespace SampleStrategies;

/// <summary>Run by `dotnet run`: the strategy over prices for which the answer is known.</summary>
internal static class SampleChecks
{
    private static int failed;

    private static int Main()
    {
        // Of two closes: 11 lies above 10.5, 9 does not lie above 10.5.
        var result = Run(length: 2, 10, 11, 12, 9, 8);
        Check("is long above the mean and flat below", result.Signals.Select(s => s.Direction).SequenceEqual([Direction.Long, Direction.Flat]));
        Check("fills at the open of the next bar", result.Trades is [{ EntryTime: var entry }] && entry == Day(2));
        Check("says nothing before there is a mean", Run(length: 5, 10, 11, 12, 13).Signals.Count == 0);
        Check("says nothing over a still price", Run(length: 2, 5, 5, 5, 5).Signals.Count == 0);
        Console.WriteLine(failed == 0 ? "all checks passed" : $"{failed} checks failed");
        return failed == 0 ? 0 : 1;
    }

    private static void Check(string what, bool holds)
    {
        Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
        if (!holds) failed++;
    }

    // A whole backtest over daily bars with these closes.
    private static BacktestResult Run(int length, params double[] closes)
    {
        var key = new SeriesKey("test", Symbol.Parse("BTC/USDT"), Interval.Day);
        var series = BarSeries.From(key, hasVolume: true, [.. closes.Select((c, i) => new Bar(Day(i), c, c, c, c, 1))]);
        var inputs = new BacktestInputs { Instruments = [new InstrumentData("bitcoin", series)], Start = Day(0), End = Day(closes.Length) };
        return Backtest.Run(inputs, [new SampleStrategy(length)], null, null, new BacktestOptions(), new RunLabels { Version = "check" }, CancellationToken.None);
    }

    private static Timestamp Day(int number) => Timestamp.FromDate(new DateOnly(2024, 1, 1).AddDays(number));
}
