using System.Globalization;

namespace Mts.Adapters.Notifications;

/// <summary>Keeps the length limits of the services, in UTF-16 code units, as they count.</summary>
internal static class TextCut
{
    /// <returns>At most <paramref name="limit"/> long; where something was cut it ends with an ellipsis, never within a character.</returns>
    public static string To(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var end = limit - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>Numbers as a person reads them: no exponent, at most ten decimals.</summary>
    public static string Figure(double value) => double.IsFinite(value) ? value.ToString("0.##########", CultureInfo.InvariantCulture) : "n/a";
}
