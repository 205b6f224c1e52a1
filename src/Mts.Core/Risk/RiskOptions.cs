using Mts.Core.Market;

namespace Mts.Core.Risk;

/// <summary>Where a position's size comes from.</summary>
public enum Sizing
{
    /// <summary>The signal says it; limits only reduce it.</summary>
    Signal,

    /// <summary><see cref="RiskOptions.Fraction"/> × the signal's confidence, whatever the signal asks for.</summary>
    FixedFraction,
}

/// <summary>The limits of <c>config/risk.json</c>. Fractions are of equity; the names in the file are those of <see cref="Specs"/>.</summary>
public sealed record RiskOptions
{
    private static readonly RiskOptions Default = new();

    public Sizing Sizing { get; init; } = Sizing.Signal;

    /// <summary>False refuses every SHORT. Spot shorts need the engine's permission as well.</summary>
    public bool AllowShort { get; init; } = true;

    public double Fraction { get; init; } = 0.02;

    public double MaxPosition { get; init; } = 0.10;

    public double MaxAssetExposure { get; init; } = 0.15;

    public double MaxTotalExposure { get; init; } = 1;

    public double MaxDrawdown { get; init; } = 0.20;

    public double MaxDailyLoss { get; init; } = 0.05;

    /// <summary>Quote units.</summary>
    public double MinNotional { get; init; } = 10;

    public double MinConfidence { get; init; } = 0.1;

    /// <summary>Highest <see cref="RiskScore"/>; 1 never refuses.</summary>
    public double MaxScore { get; init; } = 1;

    /// <summary>Distance of the stop from the price for a signal without one; 0 sets none.</summary>
    public double StopDistance { get; init; } = 0.02;

    /// <summary>Distance of the target in distances of the stop, for a signal without a target; 0 sets none.</summary>
    public double RewardRisk { get; init; } = 2;

    /// <summary>The numeric settings; beside them stand <c>sizing</c> (signal, fixed_fraction) and <c>allow_short</c> (true, false).</summary>
    public static IReadOnlyList<NumberSpec> Specs { get; } =
    [
        new("fraction", Default.Fraction, 0, 10, false, "size of a position at full confidence, for fixed_fraction"),
        new("max_position", Default.MaxPosition, 0, 10, false, "greatest size of one position"),
        new("max_asset_exposure", Default.MaxAssetExposure, 0, 10, false, "greatest value of all positions in one asset"),
        new("max_total_exposure", Default.MaxTotalExposure, 0, 10, false, "greatest value of all positions, shorts counted by their size"),
        new("max_drawdown", Default.MaxDrawdown, 0, 1, false, "fall of equity from its peak, the new position's stop included"),
        new("max_daily_loss", Default.MaxDailyLoss, 0, 1, false, "loss since 00:00 UTC, the new position's stop included"),
        new("min_notional", Default.MinNotional, 0, 1e9, false, "least value of a position, quote units"),
        new("min_confidence", Default.MinConfidence, 0, 1, false, "least confidence of a signal"),
        new("max_score", Default.MaxScore, 0, 1, false, "greatest risk score"),
        new("stop_distance", Default.StopDistance, 0, 1, false, "distance of a missing stop as a fraction of the price, 0 for none"),
        new("reward_risk", Default.RewardRisk, 0, 100, false, "distance of a missing target in distances of the stop, 0 for none"),
    ];

    /// <summary>Reads settings by name; what is missing has its default.</summary>
    /// <exception cref="ConfigurationException">Unknown names or values out of range.</exception>
    public static RiskOptions From(IReadOnlyDictionary<string, string> settings)
    {
        var words = settings.Where(s => s.Key is "sizing" or "allow_short").ToDictionary(StringComparer.Ordinal);
        var n = NumberSpec.Read("risk", Specs, settings.Where(s => !words.ContainsKey(s.Key)).ToDictionary(StringComparer.Ordinal));
        return new RiskOptions
        {
            Sizing = words.TryGetValue("sizing", out var sizing) ? ReadSizing(sizing) : Default.Sizing,
            AllowShort = words.TryGetValue("allow_short", out var allowed) ? ReadFlag(allowed) : Default.AllowShort,
            Fraction = n["fraction"],
            MaxPosition = n["max_position"],
            MaxAssetExposure = n["max_asset_exposure"],
            MaxTotalExposure = n["max_total_exposure"],
            MaxDrawdown = n["max_drawdown"],
            MaxDailyLoss = n["max_daily_loss"],
            MinNotional = n["min_notional"],
            MinConfidence = n["min_confidence"],
            MaxScore = n["max_score"],
            StopDistance = n["stop_distance"],
            RewardRisk = n["reward_risk"],
        };
    }

    private static Sizing ReadSizing(string text) => text switch
    {
        "signal" => Sizing.Signal,
        "fixed_fraction" => Sizing.FixedFraction,
        _ => throw new ConfigurationException($"risk: sizing = '{text}' is neither signal nor fixed_fraction."),
    };

    private static bool ReadFlag(string text) => bool.TryParse(text, out var flag)
        ? flag
        : throw new ConfigurationException($"risk: allow_short = '{text}' is neither true nor false.");
}
