using System.Text.Json;

namespace Mts.Core.Indicators.Statistics;

/// <summary>How strong a correlation is called.</summary>
public enum CorrelationStrength
{
    /// <summary>There is no figure.</summary>
    Insufficient,
    Negligible,

    /// <summary>|r| from 0.1.</summary>
    Weak,

    /// <summary>|r| from 0.3.</summary>
    Moderate,

    /// <summary>|r| from 0.5.</summary>
    Strong,

    /// <summary>|r| from 0.7.</summary>
    VeryStrong,
}

/// <summary>Judges correlations by their size, whatever their sign.</summary>
public static class CorrelationStrengths
{
    /// <summary><c>very_strong</c>.</summary>
    public static string ToText(this CorrelationStrength strength) => JsonNamingPolicy.SnakeCaseLower.ConvertName(strength.ToString());

    public static CorrelationStrength Of(double? r) => r is not { } value ? CorrelationStrength.Insufficient : Math.Abs(value) switch
    {
        >= 0.7 => CorrelationStrength.VeryStrong,
        >= 0.5 => CorrelationStrength.Strong,
        >= 0.3 => CorrelationStrength.Moderate,
        >= 0.1 => CorrelationStrength.Weak,
        _ => CorrelationStrength.Negligible,
    };
}
