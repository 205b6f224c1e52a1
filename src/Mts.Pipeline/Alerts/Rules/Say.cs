using System.Globalization;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Numbers as alerts write them.</summary>
internal static class Say
{
    /// <summary>With the digits that matter, at most ten decimals, no exponent.</summary>
    public static string Plain(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>A price: two decimals from 100 upwards, eight below.</summary>
    public static string Price(double value) => value.ToString(Math.Abs(value) >= 100 ? "0.00" : "0.########", CultureInfo.InvariantCulture);

    /// <summary>A fraction as percent.</summary>
    public static string Percent(double fraction) => (fraction * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Span(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } when span.TotalHours % 1 == 0 => $"{span.TotalHours:0} h",
        { TotalMinutes: >= 1 } when span.TotalMinutes % 1 == 0 => $"{span.TotalMinutes:0} min",
        _ => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
    };
}
