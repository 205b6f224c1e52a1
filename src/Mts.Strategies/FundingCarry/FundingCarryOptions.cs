using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.FundingCarry;

/// <summary>What <see cref="FundingCarryStrategy"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record FundingCarryOptions(int Rates = 21, double Entry = 0.1, double Exit = 0.03, double MaxAgeDays = 2, double Size = 1, bool Unhedged = false)
{
    private static readonly FundingCarryOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("rates", Default.Rates, 1, 1_000, true, "settled rates in the mean"),
        new("entry", Default.Entry, 0, 10, false, "mean rate above which to enter, a fraction a year; more than exit"),
        new("exit", Default.Exit, -10, 10, false, "mean rate below which to leave, a fraction a year"),
        new("max_age_days", Default.MaxAgeDays, 0.1, 30, false, "age of the newest rate above which nothing is entered and what is held is left"),
        new("size", Default.Size, 0.01, 1, false, "both legs together, a fraction of equity; shared by the markets of the run"),
        new("unhedged", 0, 0, 1, true, "1 trades a perpetual without its spot market too, against the side that pays"),
    ];

    public static FundingCarryOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (!(p["exit"] < p["entry"])) throw new ConfigurationException($"strategy FundingCarry: exit = {p["exit"]} must be less than entry = {p["entry"]}.");
        return new FundingCarryOptions((int)p["rates"], p["entry"], p["exit"], p["max_age_days"], p["size"], p["unhedged"] > 0);
    }
}
