namespace Mts.Core.Indicators.Statistics;

/// <summary>Levels of the VIX; each includes its upper bound.</summary>
public enum VixRegime
{
    /// <summary>Up to 15.</summary>
    Low,

    /// <summary>Up to 25.</summary>
    Normal,

    /// <summary>Up to 35.</summary>
    High,
    Extreme,
}

/// <summary>Judges levels of the VIX.</summary>
public static class VixRegimes
{
    public static VixRegime Of(double vix) => vix switch
    {
        <= 15 => VixRegime.Low,
        <= 25 => VixRegime.Normal,
        <= 35 => VixRegime.High,
        _ => VixRegime.Extreme,
    };
}
