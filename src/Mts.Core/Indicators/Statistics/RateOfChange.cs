namespace Mts.Core.Indicators.Statistics;

/// <summary>What a change from zero is.</summary>
public enum ZeroBase
{
    /// <summary>Undefined: null.</summary>
    Undefined,

    /// <summary>A mistake of the caller.</summary>
    Refuse,

    /// <summary>Infinite with the sign of the new value; null where that is zero too.</summary>
    Infinite,

    /// <summary>The new value itself.</summary>
    Absolute,
}

/// <summary>How large a change in percent is called.</summary>
public enum ChangeSize
{
    None,

    /// <summary>Below 1 %.</summary>
    Minimal,

    /// <summary>Below 5 %.</summary>
    Small,

    /// <summary>Below 15 %.</summary>
    Moderate,

    /// <summary>Below 30 %.</summary>
    Large,
    Extreme,
}

/// <summary>Changes of a figure, in percent.</summary>
public static class RateOfChange
{
    /// <returns>Percent, to two decimals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The base is zero and <paramref name="zeroBase"/> refuses that.</exception>
    public static double? Percent(double current, double before, ZeroBase zeroBase = ZeroBase.Undefined)
    {
        if (before != 0) return Math.Round((current - before) / before * 100, 2);
        return zeroBase switch
        {
            ZeroBase.Refuse => throw new ArgumentOutOfRangeException(nameof(before), before, "A change from zero has no rate."),
            ZeroBase.Infinite => current == 0 ? null : current > 0 ? double.PositiveInfinity : double.NegativeInfinity,
            ZeroBase.Absolute => current,
            _ => null,
        };
    }

    /// <summary>(current/before)^(periodsPerYear/periods) − 1, a fraction.</summary>
    /// <returns>Null unless both values and the periods are above zero.</returns>
    public static double? Annualised(double current, double before, double periods, double periodsPerYear = 365) =>
        current > 0 && before > 0 && periods > 0 ? Math.Pow(current / before, periodsPerYear / periods) - 1 : null;

    public static ChangeSize Size(double percent) => Math.Abs(percent) switch
    {
        0 => ChangeSize.None,
        < 1 => ChangeSize.Minimal,
        < 5 => ChangeSize.Small,
        < 15 => ChangeSize.Moderate,
        < 30 => ChangeSize.Large,
        _ => ChangeSize.Extreme,
    };
}
