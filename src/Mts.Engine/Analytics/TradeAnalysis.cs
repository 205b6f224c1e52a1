using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.Engine.Analytics;

/// <summary>What the closed round trips say beyond the <see cref="PerformanceReport"/>. Money in quote units after costs; null where undefined.</summary>
public sealed record TradeAnalysis
{
    public decimal? MeanWin { get; private init; }

    /// <summary>Positive.</summary>
    public decimal? MeanLoss { get; private init; }

    public double? Payoff { get; private init; }

    public double? ExpectancyRatio { get; private init; }

    public double? Kelly { get; private init; }

    public double? SystemQuality { get; private init; }

    public required Streaks Streaks { get; init; }

    public decimal? Best { get; private init; }

    public decimal? Worst { get; private init; }

    public double? MeanDays { get; private init; }

    public double? MeanDaysWon { get; private init; }

    public double? MeanDaysLost { get; private init; }

    /// <summary>Trades closed per day of the run.</summary>
    public double? PerDay { get; private init; }

    /// <summary>Mean maximum adverse excursion, fraction of the entry price.</summary>
    public double? MeanAdverse { get; private init; }

    /// <summary>Mean maximum favourable excursion.</summary>
    public double? MeanFavourable { get; private init; }

    internal static TradeAnalysis Of(IReadOnlyList<Trade> trades, IReadOnlyList<Excursion> excursions, PerformanceReport metrics, double days)
    {
        var payoff = PayoffRatio.Of(trades);
        return new TradeAnalysis
        {
            MeanWin = TradeFigures.MeanWin(trades),
            MeanLoss = TradeFigures.MeanLoss(trades),
            Payoff = payoff,
            ExpectancyRatio = Core.Performance.ExpectancyRatio.Of(metrics.WinRate, payoff),
            Kelly = KellyFraction.Of(metrics.WinRate, payoff),
            SystemQuality = SystemQualityNumber.Of(trades),
            Streaks = Streaks.Of(trades),
            Best = trades.Count == 0 ? null : trades.Max(t => t.Pnl),
            Worst = trades.Count == 0 ? null : trades.Min(t => t.Pnl),
            MeanDays = TradeFigures.MeanDays(trades, _ => true),
            MeanDaysWon = TradeFigures.MeanDays(trades, t => t.Pnl > 0),
            MeanDaysLost = TradeFigures.MeanDays(trades, t => t.Pnl < 0),
            PerDay = days > 0 ? trades.Count / days : null,
            MeanAdverse = excursions.Count == 0 ? null : excursions.Average(e => e.Adverse),
            MeanFavourable = excursions.Count == 0 ? null : excursions.Average(e => e.Favourable),
        };
    }
}
