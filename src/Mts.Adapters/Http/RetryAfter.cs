using System.Globalization;

namespace Mts.Adapters.Http;

/// <summary>Reads the header of that name: seconds or an HTTP date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    /// <returns>Null where the header is absent, negative or unreadable.</returns>
    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        var text = header?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.All(char.IsAsciiDigit))
        {
            return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds < (long)TimeSpan.MaxValue.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : TimeSpan.MaxValue;
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now : null;
    }

    public static TimeSpan Clamp(TimeSpan wait, TimeSpan longest) => wait < Shortest ? Shortest : wait > longest ? longest : wait;
}
