namespace Mts.Core.Signals;

/// <summary>The three words for a signal's strength; as a number weak is 0.33, moderate 0.66 and strong 1.</summary>
public enum StrengthLevel
{
    Weak,
    Moderate,
    Strong,
}

/// <summary>Words for strengths, and their numbers.</summary>
public static class StrengthLevels
{
    /// <summary>For <see cref="Signal.Strength"/>.</summary>
    public static double ToNumber(this StrengthLevel level) => level switch
    {
        StrengthLevel.Strong => 1,
        StrengthLevel.Moderate => 0.66,
        _ => 0.33,
    };

    /// <summary>Strong above one bound, moderate above the other.</summary>
    public static StrengthLevel Of(double value, double strongAbove, double moderateAbove) =>
        value > strongAbove ? StrengthLevel.Strong : value > moderateAbove ? StrengthLevel.Moderate : StrengthLevel.Weak;
}
