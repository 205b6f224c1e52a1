using Mts.Core.Ports;

namespace Mts.Strategies.Ripple;

/// <summary>What <see cref="RippleRule"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record RippleOptions(
    double BuyScore = 0.4, double SellScore = 0.36, int Momentum = 10, int Correlation = 30, double DollarDistance = 0.045,
    double Size = 0.03, double DaysPerYear = 365, double HorizonDays = 14)
{
    private static readonly RippleOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("buy_score", Default.BuyScore, 0, 1, false, "least score to buy"),
        new("sell_score", Default.SellScore, 0, 1, false, "least score to sell short"),
        new("momentum", Default.Momentum, 1, 1_000, true, "bars over which a fall of more than 2 % counts for selling"),
        new("correlation", Default.Correlation, 5, 1_000, true, "returns in the correlation with BTC"),
        new("dollar_distance", Default.DollarDistance, 0, 1, false, "distance of the dollar index from its mean of 250 days that counts, a fraction"),
        new("size", Default.Size, 0, 0.08, false, "position at a score of 0.5, a fraction of equity"),
        new("days_per_year", Default.DaysPerYear, 1, 366, false, "trading days in a year, for the annualised volatility"),
        new("horizon_days", Default.HorizonDays, 0, 3_650, false, "days after which the position ends, 0 for never"),
    ];

    public static RippleOptions From(IReadOnlyDictionary<string, double> p) => new(
        p["buy_score"], p["sell_score"], (int)p["momentum"], (int)p["correlation"], p["dollar_distance"], p["size"], p["days_per_year"], p["horizon_days"]);
}
