using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>What a run counts beyond one fee and one slippage. Lists are by instrument.</summary>
public sealed record CostOptions
{
    /// <summary>Fee of orders that rested (targets); null for the run's fee. 1/10,000 of notional, −1,000 to 1,000.</summary>
    public decimal? MakerBps { get; init; }

    /// <summary>Fees by date and tier, in place of those of the run; null for none.</summary>
    public IReadOnlyList<FeeSchedule>? Fees { get; init; }

    /// <summary>Half the spread in place of the run's slippage; null for the run's slippage.</summary>
    public SpreadOptions? Spread { get; init; }

    /// <summary>How an order moves the price, on top of the slippage; null for none.</summary>
    public ImpactOptions? Impact { get; init; }

    /// <summary>Margin of perpetuals; null for none: then they are bought with cash.</summary>
    public MarginOptions? Margin { get; init; }

    /// <summary>Interest on spot shorts, a fraction per year, 0 to 10; null where it is not counted.</summary>
    public decimal? BorrowApr { get; init; }

    /// <summary>Tick, lot and least notional over time; null for none.</summary>
    public IReadOnlyList<RuleHistory?>? Rules { get; init; }

    /// <summary>Whether <see cref="Rules"/> are those of today, which nobody knew then.</summary>
    public bool RulesAreTodays { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (MakerBps is < -1_000 or > 1_000) yield return Range("maker-bps", MakerBps.Value, "-1000 to 1000");
        if (Spread?.Bps is < 0 or > 1_000) yield return Range("spread-bps", Spread.Bps.Value, "0 to 1000");
        if (Impact is { Coefficient: not (> 0 and <= 1_000) }) yield return Range("impact", (decimal)Impact.Coefficient, "above 0 to 1000");
        if (BorrowApr is < 0 or > 10) yield return Range("borrow-apr", BorrowApr.Value, "0 to 10");
        if (Margin is { } margin)
        {
            if (margin.Leverage is < 1 or > 200 || decimal.Round(margin.Leverage, 2) != margin.Leverage) yield return Range("leverage", margin.Leverage, "1 to 200, with up to two decimals");
            if (margin.Exposure is <= 0 or > 200 || decimal.Round(margin.Exposure, 4) != margin.Exposure) yield return Range("exposure", margin.Exposure, "above 0 to 200, with up to four decimals");
            foreach (var problem in margin.Tables.OfType<MarginTable>().Distinct().SelectMany(t => t.Problems().Select(p => $"margin table {t.Name}: {p}"))) yield return problem;
        }

        foreach (var problem in (Fees ?? []).Distinct().SelectMany(f => f.Problems().Select(p => $"fees {f.Name}: {p}"))) yield return problem;
        foreach (var problem in (Rules ?? []).OfType<RuleHistory>().SelectMany(r => r.Problems())) yield return $"rules: {problem}";

        static string Range(string name, decimal value, string allowed) => FormattableString.Invariant($"{name} is {value:0.########}; allowed is {allowed}");
    }
}
