namespace Mts.Core.Performance;

/// <summary>What a run was worth. Rates are fractions, money in quote units, undefined figures null.</summary>
public sealed record PerformanceReport
{
    /// <summary>Cash and positions at the last close.</summary>
    public required decimal FinalEquity { get; init; }

    public required double TotalReturn { get; init; }

    /// <summary>Per year of 365 days; null under 30 days.</summary>
    public double? Cagr { get; init; }

    /// <summary>Per year, of daily returns at 00:00 UTC.</summary>
    public double? Volatility { get; init; }

    /// <summary>Per year, of the same returns; risk-free rate 0.</summary>
    public double? Sharpe { get; init; }

    /// <summary>Per year, of the same returns; target 0.</summary>
    public double? Sortino { get; init; }

    /// <summary><see cref="Cagr"/> over <see cref="MaxDrawdown"/>; null without a drawdown.</summary>
    public double? Calmar => CalmarRatio.Of(Cagr, MaxDrawdown);

    /// <summary>Positive fraction, per bar; the capital counts as the first peak.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Longest time from a peak to its recovery, or to the end of the run.</summary>
    public required double MaxDrawdownDays { get; init; }

    /// <summary>Closed round trips.</summary>
    public required int Trades { get; init; }

    /// <summary>Share of trades with a gain after costs; null without trades.</summary>
    public double? WinRate { get; init; }

    /// <summary>Gains over losses of the trades; null without losses.</summary>
    public double? ProfitFactor { get; init; }

    /// <summary>Mean gain of a trade after costs; null without trades.</summary>
    public double? Expectancy { get; init; }

    /// <summary>Share of bars in a position.</summary>
    public required double Exposure { get; init; }

    /// <summary>Traded notional over mean equity.</summary>
    public double? Turnover { get; init; }

    /// <summary>All of them: makers', takers' and for liquidations.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Of orders that rested.</summary>
    public decimal FeesMaker { get; init; }

    /// <summary>Of orders that did not.</summary>
    public decimal FeesTaker { get; init; }

    /// <summary>For positions that were taken away, beside the taker's fee.</summary>
    public decimal LiquidationFees { get; init; }

    /// <summary>Positions that were taken away.</summary>
    public int Liquidations { get; init; }

    /// <summary>Paid on spot shorts; 0 without any, null where it was not counted.</summary>
    public decimal? BorrowInterest { get; init; } = 0;

    /// <summary>Lost against the prices before slippage; contained in the fill prices.</summary>
    public required decimal SlippageCost { get; init; }

    /// <summary>Received (+) or paid (−) on perpetuals; 0 on spot, which knows none; null where a perpetual's rates are not known.</summary>
    public decimal? Funding { get; init; }

    /// <summary>Buying and holding the same instruments at the same costs; null where nothing could be bought.</summary>
    public double? BenchmarkReturn { get; init; }

    /// <summary>Bars of all instruments.</summary>
    public required long Bars { get; init; }
}
