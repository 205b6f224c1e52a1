using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Optimization;

/// <summary>The round trips of a run from turn to turn, as sums.</summary>
internal struct TurnTrades
{
    private WideInt entry;
    private WideInt entryFee;
    private WideInt gains;
    private WideInt losses;
    private WideInt fees;
    private int won;
    private int count;

    public readonly int Count => count;

    public void Enter(WideInt notional, WideInt fee)
    {
        (entry, entryFee) = (notional, fee);
        fees += fee;
    }

    public void Leave(WideInt notional, WideInt fee)
    {
        var gain = notional - entry - fee - entryFee;
        if (gain > 0) (gains, won) = (gains + gain, won + 1);
        else losses -= gain;
        fees += fee;
        count++;
    }

    /// <param name="metric">One of those that depend on the trades alone.</param>
    public readonly double? Of(string metric) => metric switch
    {
        "trades" => count,
        "win_rate" => count == 0 ? null : (double)won / count,
        "profit_factor" => losses == 0 ? null : (double)(Scaled.ToDecimal(gains) / Scaled.ToDecimal(losses)),
        "expectancy" => count == 0 ? null : (double)((Scaled.ToDecimal(gains) - Scaled.ToDecimal(losses)) / count),
        "fees" => (double)Scaled.ToDecimal(fees),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not known from turns."),
    };
}
