using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>All that is said of a result beyond its first figures; computed after the run, when somebody writes or reads it.</summary>
public sealed record RunAnalysis
{
    private const int DrawdownsKept = 10;

    public required CurveAnalysis Curve { get; init; }

    public required TradeAnalysis Trades { get; init; }

    public double? RecoveryFactor { get; private init; }

    /// <summary>Null below 20 days; drawn when first asked for, since it costs more than all the rest.</summary>
    public ReturnIntervals? Intervals => Drawn.Value;

    /// <summary>By trade; empty where the bars are not known.</summary>
    public required IReadOnlyList<Excursion> Excursions { get; init; }

    public required IReadOnlyList<TradeGroup> BySymbol { get; init; }

    public required IReadOnlyList<TradeGroup> ByEntry { get; init; }

    public required IReadOnlyList<TradeGroup> ByExit { get; init; }

    public required CostBreakdown Costs { get; init; }

    /// <summary>The ten deepest, on the points of the curve.</summary>
    public required IReadOnlyList<Drawdown> Drawdowns { get; init; }

    /// <summary>All that there were.</summary>
    public int DrawdownCount { get; private init; }

    public required IReadOnlyList<CrisisWindow> Crises { get; init; }

    /// <summary>One point a day.</summary>
    public required IReadOnlyList<EquityPoint> Daily { get; init; }

    /// <summary>Buy and hold at the same times; empty where nothing could be bought.</summary>
    public required IReadOnlyList<EquityPoint> DailyBenchmark { get; init; }

    internal double[] Returns { get; private init; } = [];

    internal double[] BenchmarkReturns { get; private init; } = [];

    private Lazy<ReturnIntervals?> Drawn { get; init; } = new();

    public static RunAnalysis Of(BacktestResult result)
    {
        var (daily, held) = (DailyCurve.Of(result.Equity), DailyCurve.Of(result.Benchmark));
        var (returns, benchmark) = (DailyCurve.Returns(daily), DailyCurve.Returns(held));
        var falls = result.Equity.Count == 0 ? [] : Drawdown.Deepest(result.Equity, int.MaxValue);
        Excursion[] excursions = result.Market.Count == 0 ? [] : [.. result.Trades.Select(t => Excursion.Of(t, result.Market[t.Instrument]))];
        return new RunAnalysis
        {
            Curve = CurveAnalysis.Of(daily, returns, benchmark),
            Trades = TradeAnalysis.Of(result.Trades, excursions, result.Metrics, (result.Run.End - result.Run.Start).TotalDays),
            RecoveryFactor = Core.Performance.RecoveryFactor.Of(result.Metrics.TotalReturn, result.Metrics.MaxDrawdown),
            Drawn = new Lazy<ReturnIntervals?>(() => ReturnIntervals.Of(returns, result.Run.Options.Seed)),
            Excursions = excursions,
            BySymbol = TradeGroup.By(result.Trades, t => t.Symbol),
            ByEntry = TradeGroup.By(result.Trades, t => t.EntryWhy.Pattern),
            ByExit = TradeGroup.By(result.Trades, t => t.Why.Pattern),
            Costs = CostBreakdown.Of(result),
            Drawdowns = [.. falls.Take(DrawdownsKept)],
            DrawdownCount = falls.Count,
            Crises = CrisisWindow.Of(daily, held),
            Daily = daily,
            DailyBenchmark = held,
            Returns = returns,
            BenchmarkReturns = benchmark,
        };
    }
}
