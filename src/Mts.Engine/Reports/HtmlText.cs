using System.Globalization;
using System.Net;
using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>How the page writes names, numbers and times. Everything from outside is escaped.</summary>
internal static class HtmlText
{
    private const string Undefined = "<span class=\"soft\">n/a</span>";

    public static string Escape(string value) => WebUtility.HtmlEncode(value);

    public static string Money(decimal value) => Signed(value.ToString("#,##0.00", CultureInfo.InvariantCulture));

    public static string Money(decimal? value) => value is { } v ? Money(v) : Undefined;

    /// <summary>As many decimals as a price of this size needs.</summary>
    public static string Price(decimal value) => Math.Abs(value) switch
    {
        >= 1_000 => value.ToString("#,##0.00", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.########", CultureInfo.InvariantCulture),
    };

    public static string Quantity(decimal value) => value.ToString("#,##0.########", CultureInfo.InvariantCulture);

    public static string Percent(double? value, string format = "0.00") =>
        value is { } v && double.IsFinite(v) ? Signed((v * 100).ToString(format.Replace("0.", "#,##0.", StringComparison.Ordinal), CultureInfo.InvariantCulture)) + "&#8239;%" : Undefined;

    public static string Number(double? value, string format = "0.00") =>
        value is { } v && double.IsFinite(v) ? Signed(v.ToString(format.Replace("0.", "#,##0.", StringComparison.Ordinal), CultureInfo.InvariantCulture)) : Undefined;

    public static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>The day where the time is midnight, else day and minute; UTC.</summary>
    public static string Time(Timestamp time) => time.ToDateTimeOffset().ToString(
        time.Micros % Timestamp.MicrosPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The class that colours a gain or a loss.</summary>
    public static string Tone(double? value) => value switch { > 0 => "gain", < 0 => "loss", _ => "" };

    /// <summary>A number inside SVG or CSS.</summary>
    public static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // A true minus sign, and none before what is rounded to zero.
    private static string Signed(string number) =>
        number.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? number.Replace("-", "", StringComparison.Ordinal) : number.Replace('-', '−');
}
