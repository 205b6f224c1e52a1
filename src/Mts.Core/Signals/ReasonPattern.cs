using System.Text;

namespace Mts.Core.Signals;

/// <summary>A reason without its numbers, so that trades opened for the same reason at different prices stand together.</summary>
internal static class ReasonPattern
{
    public const string None = "(none given)";

    /// <returns>Each number, with its sign, point and thousands, as <c>#</c>; numbers inside a word stay.</returns>
    public static string Of(string reason)
    {
        if (reason.Length == 0) return None;
        var pattern = new StringBuilder(reason.Length);
        for (var i = 0; i < reason.Length; i++)
        {
            var begins = char.IsAsciiDigit(reason[i]) && (i == 0 || !char.IsLetterOrDigit(reason[i - 1]));
            if (!begins)
            {
                pattern.Append(reason[i]);
                continue;
            }

            if (pattern.Length > 0 && pattern[^1] is '-' or '−' or '+' && (pattern.Length == 1 || (!char.IsLetterOrDigit(pattern[^2]) && pattern[^2] != '#'))) pattern.Length--;
            pattern.Append('#');
            while (i + 1 < reason.Length && (char.IsAsciiDigit(reason[i + 1]) || IsInside(reason, i + 1))) i++;
        }

        return pattern.ToString();
    }

    // A point, a comma or an exponent between digits.
    private static bool IsInside(string text, int at) =>
        at + 1 < text.Length && text[at] switch
        {
            '.' or ',' => char.IsAsciiDigit(text[at + 1]),
            'E' or 'e' => char.IsAsciiDigit(text[at + 1]) || (text[at + 1] is '-' or '+' && at + 2 < text.Length && char.IsAsciiDigit(text[at + 2])),
            '-' or '+' => text[at - 1] is 'E' or 'e' && char.IsAsciiDigit(text[at + 1]),
            _ => false,
        };
}
