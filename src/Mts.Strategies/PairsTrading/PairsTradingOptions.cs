using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Strategies.PairsTrading;

/// <summary>What <see cref="PairsTradingStrategy"/> takes; see <see cref="Specs"/> for units.</summary>
internal sealed record PairsTradingOptions(int Lookback = 90, double Entry = 2, double Exit = 0.5, double Stop = 4, double Size = 1, bool Cointegrated = false)
{
    private static readonly PairsTradingOptions Default = new();

    public static IReadOnlyList<ParameterSpec> Specs { get; } =
    [
        new("lookback", Default.Lookback, 20, 2_000, true, "closes in the regression"),
        new("entry", Default.Entry, 0.1, 10, false, "distance at which to enter, in deviations of the residuals, more than exit"),
        new("exit", Default.Exit, 0, 10, false, "distance at which to leave"),
        new("stop", Default.Stop, 0, 100, false, "distance at which to give up until it is below exit again, 0 for never; more than entry otherwise"),
        new("size", Default.Size, 0.01, 1, false, "both legs together, a fraction of equity"),
        new("cointegrated", 0, 0, 1, true, "1 enters only where the Engle-Granger test takes the two for cointegrated at 5 %"),
    ];

    public static PairsTradingOptions From(IReadOnlyDictionary<string, double> p)
    {
        if (!(p["exit"] < p["entry"])) throw new ConfigurationException($"strategy PairsTrading: exit = {p["exit"]} must be less than entry = {p["entry"]}.");
        if (p["stop"] != 0 && !(p["stop"] > p["entry"])) throw new ConfigurationException($"strategy PairsTrading: stop = {p["stop"]} must be more than entry = {p["entry"]}, or 0.");
        return new PairsTradingOptions((int)p["lookback"], p["entry"], p["exit"], p["stop"], p["size"], p["cointegrated"] > 0);
    }
}
