namespace Mts.Core.Market;

/// <summary>Finds what somebody probably meant.</summary>
public static class NearestNames
{
    /// <returns>At most three names, nearest first, none further than a third of the text plus one edit.</returns>
    public static IReadOnlyList<string> To(string text, IEnumerable<string> names) =>
    [
        .. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (name, distance: Distance(text, name)))
            .Where(n => n.distance <= 1 + (text.Length / 3))
            .OrderBy(n => n.distance).ThenBy(n => n.name, StringComparer.Ordinal)
            .Take(3).Select(n => n.name),
    ];

    /// <returns><c> (did you mean a or b?)</c>, or nothing.</returns>
    public static string Suggest(IReadOnlyList<string> names) => names.Count == 0 ? "" : $" (did you mean {string.Join(" or ", names)}?)";

    // Levenshtein, Doklady Akademii Nauk 163(4), 1965; two rows suffice.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
