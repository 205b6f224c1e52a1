using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>Two results side by side.</summary>
public sealed record RunComparison
{
    public required StoredRun First { get; init; }

    public required StoredRun Second { get; init; }

    /// <summary>What went in and differs; <c>none</c> where only one has it.</summary>
    public required IReadOnlyList<InputDifference> Inputs { get; init; }

    /// <summary>All figures, in the order of the first document.</summary>
    public required IReadOnlyList<MetricDifference> Metrics { get; init; }

    /// <summary>Days that both records have a return of.</summary>
    public required int CommonDays { get; init; }

    /// <summary>Second less first, on the common days; null where a ratio is undefined.</summary>
    public SharpeDifference? Sharpe { get; init; }

    /// <summary>Trades of the same market, side, entry and exit.</summary>
    public required int TradesInBoth { get; init; }

    public required IReadOnlyList<StoredTrade> OnlyFirst { get; init; }

    public required IReadOnlyList<StoredTrade> OnlySecond { get; init; }

    public static RunComparison Of(StoredRun first, StoredRun second)
    {
        var (mine, theirs) = CommonReturns(first.Equity, second.Equity);
        var (onlyFirst, onlySecond) = (Without(first.Trades, second.Trades), Without(second.Trades, first.Trades));
        return new RunComparison
        {
            First = first,
            Second = second,
            Inputs = [.. first.Inputs.Concat(second.Inputs).Select(i => i.Key).Distinct(StringComparer.Ordinal)
                .Select(name => new InputDifference(name, first.Input(name) ?? "none", second.Input(name) ?? "none")).Where(d => d.First != d.Second && d.Name != "id")],
            Metrics = [.. first.Metrics.Concat(second.Metrics).Select(m => m.Key).Distinct(StringComparer.Ordinal).Select(name => new MetricDifference(name, first.Metric(name), second.Metric(name)))],
            CommonDays = mine.Length,
            Sharpe = SharpeDifference.Of(theirs, mine, first.Seed),
            TradesInBoth = first.Trades.Count - onlyFirst.Count,
            OnlyFirst = onlyFirst,
            OnlySecond = onlySecond,
        };
    }

    // A return belongs to both where both have it from the same moment to the same moment.
    private static (double[] First, double[] Second) CommonReturns(IReadOnlyList<EquityPoint> first, IReadOnlyList<EquityPoint> second)
    {
        var other = Returns(second);
        var common = Returns(first).Where(r => other.ContainsKey(r.Key)).ToList();
        return ([.. common.Select(r => r.Value)], [.. common.Select(r => other[r.Key])]);
    }

    private static OrderedDictionary<(long, long), double> Returns(IReadOnlyList<EquityPoint> equity)
    {
        var daily = DailyCurve.Of(equity);
        var returns = DailyCurve.Returns(daily);
        var byDay = new OrderedDictionary<(long, long), double>();
        for (var i = 0; i < returns.Length; i++) byDay.Add((daily[i].Time.Micros, daily[i + 1].Time.Micros), returns[i]);
        return byDay;
    }

    private static IReadOnlyList<StoredTrade> Without(IReadOnlyList<StoredTrade> trades, IReadOnlyList<StoredTrade> others)
    {
        var left = new Dictionary<(string, string, Timestamp, Timestamp), int>();
        foreach (var other in others) left[Key(other)] = left.GetValueOrDefault(Key(other)) + 1;
        var only = new List<StoredTrade>();
        foreach (var trade in trades)
        {
            if (left.GetValueOrDefault(Key(trade)) == 0) only.Add(trade);
            else left[Key(trade)]--;
        }

        return only;

        static (string, string, Timestamp, Timestamp) Key(StoredTrade t) => (t.Symbol, t.Side, t.EntryTime, t.ExitTime);
    }
}

/// <param name="Name">Path of the input.</param>
/// <param name="First">Of the first run.</param>
/// <param name="Second">Of the second.</param>
public sealed record InputDifference(string Name, string First, string Second);

/// <param name="Name">As in <c>metrics</c>.</param>
/// <param name="First">Of the first run.</param>
/// <param name="Second">Of the second.</param>
public sealed record MetricDifference(string Name, double? First, double? Second)
{
    /// <summary>Second less first; null where one is undefined.</summary>
    public double? Difference => Second - First;
}
