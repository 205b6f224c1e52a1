using System.Numerics;
using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>What a venue asks for from a notional on.</summary>
/// <param name="From">Notional of the position, quote units, included.</param>
/// <param name="MaintenanceRate">Of the part of the notional in this tier, a fraction; up to eight decimals.</param>
/// <param name="MaxLeverage">Greatest leverage at which a position may be opened to this size.</param>
public sealed record MarginTier(decimal From, decimal MaintenanceRate, decimal MaxLeverage);

/// <summary>The maintenance margin of a perpetual, by notional.</summary>
/// <param name="Name">Where it comes from: <c>binance</c>.</param>
/// <param name="LiquidationFeeBps">Of the notional that is liquidated, beside the taker fee; up to four decimals.</param>
/// <param name="Tiers">The first from 0, rising in notional and rate.</param>
/// <remarks>
/// Notional × rate − the amount that makes the tiers join: "maintenance amount" at Binance, "mm deduction" at Bybit. It follows from the tiers:
/// each adds from × (rate − rate before).
/// </remarks>
public sealed record MarginTable(string Name, decimal LiquidationFeeBps, IReadOnlyList<MarginTier> Tiers)
{
    /// <summary>UTC, included; null where it is taken for all of the past.</summary>
    public Timestamp? From { get; init; }

    /// <summary>Those that took its place, oldest first.</summary>
    public IReadOnlyList<MarginTable> Later { get; init; } = [];

    /// <summary>Whether it says what was in force; before its first date that is an assumption.</summary>
    public bool Knows(Timestamp time) => From is null || From <= time;

    /// <summary>The table in force.</summary>
    public MarginTable At(Timestamp time)
    {
        var found = this;
        foreach (var later in Later) found = later.From <= time ? later : found;
        return found;
    }

    /// <summary>Rates count in 10⁻⁸, so that notional × rate is whole in 10⁻¹⁶.</summary>
    internal IEnumerable<(WideInt From, long Rate, BigInteger Deduction)> Steps()
    {
        var (deduction, before) = (BigInteger.Zero, 0L);
        foreach (var tier in Tiers)
        {
            var (from, rate) = (Scaled.Amount(tier.From), (long)Scaled.Amount(tier.MaintenanceRate));
            deduction += (BigInteger)from * (rate - before);
            before = rate;
            yield return (from, rate, deduction);
        }
    }

    /// <summary>10⁻⁸ quote units, rounded up.</summary>
    /// <param name="notional">10⁻⁸ quote units.</param>
    public WideInt Maintenance(WideInt notional)
    {
        var exact = BigInteger.Zero;
        foreach (var (from, rate, deduction) in Steps())
        {
            if (notional >= from) exact = ((BigInteger)notional * rate) - deduction;
        }

        return (WideInt)((exact + Scaled.One - 1) / Scaled.One);
    }

    /// <summary>The greatest notional that may be opened at a leverage, 10⁻⁸ quote units; null for any.</summary>
    public WideInt? MostNotional(decimal leverage)
    {
        foreach (var tier in Tiers)
        {
            if (tier.MaxLeverage < leverage) return Scaled.Amount(tier.From);
        }

        return null;
    }

    /// <summary>Notional from which the tier on counts that a position is in, 10⁻⁸ quote units; 0 for the first.</summary>
    /// <param name="notional">10⁻⁸ quote units.</param>
    public WideInt TierFrom(WideInt notional)
    {
        WideInt from = 0;
        foreach (var tier in Tiers) from = Scaled.Amount(tier.From) <= notional ? Scaled.Amount(tier.From) : from;
        return from;
    }

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        var last = From;
        foreach (var later in Later)
        {
            if (last is null || later.From is null || later.From <= last) yield return $"the tiers from {later.From?.ToString() ?? "no date on"} do not follow those before them";
            last = later.From;
            foreach (var problem in later.Problems()) yield return $"from {later.From?.Date:yyyy-MM-dd}: {problem}";
        }

        if (LiquidationFeeBps is < 0 or > 1_000 || decimal.Round(LiquidationFeeBps, 4) != LiquidationFeeBps) yield return FormattableString.Invariant($"a liquidation fee of {LiquidationFeeBps} bps; allowed is 0 to 1000, with up to four decimals");
        if (Tiers.Count == 0 || Tiers[0].From != 0) yield return "its first tier is not from 0";
        for (var i = 0; i < Tiers.Count; i++)
        {
            var tier = Tiers[i];
            if (tier.MaintenanceRate is <= 0 or >= 1 || decimal.Round(tier.MaintenanceRate, 8) != tier.MaintenanceRate) yield return FormattableString.Invariant($"a maintenance rate of {tier.MaintenanceRate}; it is a fraction between 0 and 1, with up to eight decimals");
            if (tier.MaxLeverage < 1) yield return FormattableString.Invariant($"a leverage of {tier.MaxLeverage}, below 1");
            if (i > 0 && (tier.From <= Tiers[i - 1].From || tier.MaintenanceRate < Tiers[i - 1].MaintenanceRate)) yield return FormattableString.Invariant($"the tier from {tier.From} does not rise above the one before it");
        }
    }
}
