using Mts.Core.Performance;

namespace Mts.Engine.Optimization.Validating;

/// <summary>What a strategy would have earned whose parameters were searched again and again on what was known then.</summary>
public sealed record WalkForwardResult
{
    public required IReadOnlyList<Fold> Folds { get; init; }

    /// <summary>Mean growth per year out of sample over that in sample, of the folds that have both; null where the latter is not above 0.</summary>
    /// <remarks>Pardo, The Evaluation and Optimization of Trading Strategies, 2nd edition, 2008, chapter 11; 0.5 and more counts as robust there.</remarks>
    public required double? Efficiency { get; init; }

    /// <summary>The test stretches one after the other, each with the capital that those before left; a point a day.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Of that curve; the trades are those of all test stretches.</summary>
    public required DailyFigures OutOfSample { get; init; }

    /// <summary>Share of the test stretches that gained; null where nothing was traded.</summary>
    public required double? Winning { get; init; }

    internal static WalkForwardResult Of(IReadOnlyList<Fold> folds, double capital)
    {
        var (equity, returns, left) = (new List<EquityPoint> { new(folds[0].Test.Start, capital) }, new List<double>(), capital);
        foreach (var fold in folds)
        {
            if (fold.OutOfSample is not { } run) Idle(fold, equity, returns, left);
            else left = Go(run, equity, returns, left);
        }

        var both = folds.Select(f => (In: f.InSampleGrowth, Out: f.OutOfSampleGrowth)).Where(f => f is { In: not null, Out: not null }).ToList();
        var traded = folds.Where(f => f.OutOfSample is not null).ToList();
        return new WalkForwardResult
        {
            Folds = folds,
            Efficiency = both.Count == 0 ? null : Ratio(both.Average(b => b.In!.Value), both.Average(b => b.Out!.Value)),
            Equity = equity,
            OutOfSample = DailyFigures.Of([.. returns], traded.Sum(f => f.OutOfSample!.Metrics.Trades)),
            Winning = traded.Count == 0 ? null : (double)traded.Count(f => f.OutOfSample!.Metrics.TotalReturn > 0) / traded.Count,
        };
    }

    internal static double? Ratio(double? inside, double? outside) => inside is > 0 ? outside / inside : null;

    private static double Go(BacktestResult run, List<EquityPoint> equity, List<double> returns, double left)
    {
        var capital = run.Equity[0].Value;
        returns.AddRange(Daily(run.Equity));
        foreach (var point in run.Equity.Skip(1)) equity.Add(point with { Value = Math.Round(left * point.Value / capital, 8) });
        return left * run.Equity[^1].Value / capital;
    }

    // What was lost to the last cent stays lost.
    private static IEnumerable<double> Daily(IReadOnlyList<EquityPoint> equity)
    {
        for (var i = 1; i < equity.Count; i++) yield return equity[i - 1].Value > 0 ? (equity[i].Value / equity[i - 1].Value) - 1 : 0;
    }

    private static void Idle(Fold fold, List<EquityPoint> equity, List<double> returns, double left)
    {
        for (var day = fold.Test.Start.Micros + Core.Market.Timestamp.MicrosPerDay; day <= fold.Test.End.Micros; day += Core.Market.Timestamp.MicrosPerDay)
        {
            returns.Add(0);
            equity.Add(new EquityPoint(new Core.Market.Timestamp(day), Math.Round(left, 8)));
        }
    }
}
