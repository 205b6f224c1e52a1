using System.Globalization;
using System.Text.Json;

namespace Mts.Cli.Configuration;

/// <summary>How single settings are written: numbers, switches, spans (<c>30s</c>, <c>00:00:30</c>), intervals, lists.</summary>
internal static class SettingText
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];

    public static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(Uri)
        || type == typeof(Interval) || IsList(type);

    public static bool TryRead(SettingNode node, Type type, out object? value)
    {
        if (IsList(type)) return TryReadList(node, out value);
        if (node.Json is { ValueKind: JsonValueKind.Array or JsonValueKind.Null })
        {
            value = null;
            return false;
        }

        return TryParse(node.Shown(), type, out value);
    }

    public static string Describe(Type type)
    {
        if (type == typeof(bool)) return "allowed are true and false";
        if (type.IsEnum) return $"allowed are {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(TimeSpan)) return "a span like 30s or 00:00:30 belongs here";
        if (type == typeof(Interval)) return $"allowed are {string.Join(' ', Interval.Names)}";
        if (type == typeof(Uri)) return "an address like https://host/path belongs here";
        if (IsList(type)) return "a list of texts belongs here";
        return type == typeof(string) ? "a text belongs here" : "a number belongs here";
    }

    public static string Show(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool TryParse(string text, Type type, out object? value)
    {
        value = Parse(text.Trim(), type);
        return value is not null;
    }

    private static object? Parse(string text, Type type)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        if (type == typeof(string)) return text;
        if (type == typeof(int)) return int.TryParse(text, Whole, CultureInfo.InvariantCulture, out var i) ? i : null;
        if (type == typeof(long)) return long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var l) ? l : null;
        if (type == typeof(double)) return double.TryParse(text, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : null;
        if (type == typeof(decimal)) return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var m) ? m : null;
        if (type == typeof(bool)) return bool.TryParse(text, out var b) ? b : null;
        if (type == typeof(TimeSpan)) return ParseSpan(text);
        if (type == typeof(Interval)) return Interval.TryParse(text, out var interval) ? interval : null;
        if (type == typeof(Uri)) return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ws" or "wss" ? uri : null;
        if (type.IsEnum) return !char.IsAsciiDigit(text.FirstOrDefault('0')) && Enum.TryParse(type, text, ignoreCase: true, out var e) ? e : null;
        throw new InvalidOperationException($"No setting can be a {type}.");
    }

    private static TimeSpan? ParseSpan(string text)
    {
        // A bare number would be days; nobody means that.
        if (text.Contains(':', StringComparison.Ordinal)) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        foreach (var (suffix, seconds) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && double.TryParse(text[..^suffix.Length], CultureInfo.InvariantCulture, out var count))
                return TimeSpan.FromSeconds(count * seconds);
        }

        return null;
    }

    private static bool TryReadList(SettingNode node, out object? value)
    {
        value = null;
        if (node.Text is { } text)
        {
            value = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return true;
        }

        if (node.Json is not { ValueKind: JsonValueKind.Array } array || array.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String)) return false;
        value = array.EnumerateArray().Select(e => e.GetString() ?? "").ToArray();
        return true;
    }

    private static bool IsList(Type type) => typeof(IEnumerable<string>).IsAssignableFrom(type);
}
