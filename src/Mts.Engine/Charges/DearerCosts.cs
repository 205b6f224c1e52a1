using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>Costs so many times as high, for seeing how much of a result hangs on them.</summary>
internal static class DearerCosts
{
    private const decimal MostBps = 1_000;

    /// <summary>Fees, slippage, a given spread, impact and interest, as far as each may be. A rebate stays what it is, and so does a spread that was recorded: nobody pays less or knows more.</summary>
    public static BacktestOptions Of(BacktestOptions options, decimal factor) => options with
    {
        FeeBps = Bps(options.FeeBps, factor),
        SlippageBps = Bps(options.SlippageBps, factor),
        Costs = options.Costs is not { } costs ? null : costs with
        {
            MakerBps = costs.MakerBps is { } maker ? Bps(maker, factor) : null,
            Fees = costs.Fees?.Select(f => f with { Tables = [.. f.Tables.Select(t => t with { Tiers = [.. t.Tiers.Select(tier => Dearer(tier, factor))] })] }).ToList(),
            Spread = costs.Spread is { Bps: { } spread } ? new SpreadOptions(Bps(spread, factor)) : costs.Spread,
            Impact = costs.Impact is { } impact ? impact with { Coefficient = Math.Min(1_000, impact.Coefficient * (double)factor) } : null,
            BorrowApr = costs.BorrowApr is { } apr ? Math.Min(10, apr * factor) : null,
        },
    };

    private static FeeTier Dearer(FeeTier tier, decimal factor) => tier with { MakerBps = Bps(tier.MakerBps, factor), TakerBps = Bps(tier.TakerBps, factor) };

    private static decimal Bps(decimal bps, decimal factor) => bps <= 0 ? bps : Math.Min(MostBps, decimal.Round(bps * factor, 4));
}
