using System.Globalization;
using Mts.Core;

namespace Mts.Engine.Allocation;

/// <summary>How the capital is shared among the markets that a strategy wants to hold.</summary>
public sealed record AllocationOptions
{
    public required AllocationMethod Method { get; init; }

    /// <summary>Returns that volatilities, correlations and means are taken of, 20 to 10,000 bars; nothing is held before there are so many.</summary>
    public int Lookback { get; init; } = 90;

    /// <summary>Deviation per year that the whole is scaled to, above 0 to 10; null for none. Never more than <see cref="MaxTotal"/> is held to reach it.</summary>
    public double? TargetVolatility { get; init; }

    /// <summary>Share of the full Kelly weights, above 0 to 1.</summary>
    public double KellyFraction { get; init; } = 0.5;

    /// <summary>Most of equity in one market, above 0 to 1. What is cut is not given to the others.</summary>
    public double MaxWeight { get; init; } = 1;

    /// <summary>Most of equity in all markets together, above 0 to 1.</summary>
    public double MaxTotal { get; init; } = 1;

    /// <summary>Of two positions that are more correlated, only the one with the greater weight is held; −1 to 1, null for no limit.</summary>
    public double? MaxCorrelation { get; init; }

    /// <summary>Time after which weights are worked out anew; null for only when the strategy changes its mind.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Worked out anew as soon as a position is this far from its weight, in fractions of equity, above 0 to 1; null for never.</summary>
    public double? Drift { get; init; }

    /// <exception cref="ConfigurationException">Lists every value out of its range.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        Check("allocate-over", Lookback, Lookback is >= 20 and <= 10_000, "20 to 10000");
        Check("volatility-target", TargetVolatility, TargetVolatility is null or (> 0 and <= 10), "above 0 to 10");
        Check("kelly-fraction", KellyFraction, KellyFraction is > 0 and <= 1, "above 0 to 1");
        Check("max-weight", MaxWeight, MaxWeight is > 0 and <= 1, "above 0 to 1");
        Check("max-total", MaxTotal, MaxTotal is > 0 and <= 1, "above 0 to 1");
        Check("max-correlation", MaxCorrelation, MaxCorrelation is null or (>= -1 and <= 1), "-1 to 1");
        Check("rebalance-drift", Drift, Drift is null or (> 0 and <= 1), "above 0 to 1");
        if (Every is { } every && every <= TimeSpan.Zero) wrong.Add("rebalance is not above zero");
        if (wrong.Count > 0) throw new ConfigurationException(string.Join("; ", wrong));

        void Check(string name, double? value, bool isRight, string allowed)
        {
            if (!isRight) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed is {allowed}"));
        }
    }

    /// <summary>What a result says of it, beside the strategy's own parameters.</summary>
    public IReadOnlyDictionary<string, string> ToParameters()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["allocation"] = Method.ToText(), ["allocation_lookback"] = Text(Lookback), ["allocation_max_total"] = Text(MaxTotal), ["allocation_max_weight"] = Text(MaxWeight),
        };
        if (Method == AllocationMethod.Kelly) all["allocation_kelly_fraction"] = Text(KellyFraction);
        if (TargetVolatility is { } target) all["allocation_volatility_target"] = Text(target);
        if (MaxCorrelation is { } correlation) all["allocation_max_correlation"] = Text(correlation);
        if (Every is { } every) all["allocation_rebalance_seconds"] = Text(every.TotalSeconds);
        if (Drift is { } drift) all["allocation_rebalance_drift"] = Text(drift);
        return all;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
