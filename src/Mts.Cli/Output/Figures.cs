using System.Globalization;

namespace Mts.Cli.Output;

/// <summary>Numbers for people; what is undefined is <c>n/a</c>.</summary>
internal static class Figures
{
    public static string Money(double? value) => Or(value, v => v.ToString("#,##0.00", CultureInfo.InvariantCulture));

    public static string Money(decimal value) => value.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A fraction as percent: 0.1234 is <c>12.34 %</c>.</summary>
    public static string Percent(double? fraction) => Or(fraction, f => (f * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %");

    public static string Ratio(double? value) => Or(value, v => v.ToString("0.000", CultureInfo.InvariantCulture));

    public static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A price with the digits that matter for its size.</summary>
    public static string Price(double? value) => Or(value, v => v.ToString(Math.Abs(v) >= 100 ? "#,##0.00" : "0.########", CultureInfo.InvariantCulture));

    public static string Quantity(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    public static string Time(Timestamp? value) => value is { } time ? time.ToString() : "n/a";

    /// <summary>A length of time in its two largest units: <c>3 d 4 h</c>.</summary>
    public static string Age(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        _ => $"{span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
    };

    private static string Or(double? value, Func<double, string> text) => value is { } v && double.IsFinite(v) ? text(v) : "n/a";
}
