using Mts.Core.Market;

namespace Mts.Core.Signals;

/// <summary>One way to read the name of a strategy, wherever it is written.</summary>
public static class StrategyNames
{
    /// <summary>Finds the catalogue name that <paramref name="text"/> means: any case, <c>_</c>, <c>-</c> and blanks ignored, <c>Strategy</c> at the end allowed.</summary>
    /// <exception cref="ConfigurationException">There is none; the message gives the nearest and all.</exception>
    public static string Resolve(string text, IReadOnlyCollection<string> names) =>
        Find(text, names) ?? throw new ConfigurationException(
            $"unknown strategy '{text}'{NearestNames.Suggest(NearestNames.To(Bare(text), names))}; there are {string.Join(", ", names)}.");

    /// <summary>Like <see cref="Resolve"/>, null where there is none.</summary>
    public static string? Find(string text, IReadOnlyCollection<string> names)
    {
        var bare = Bare(text);
        return names.FirstOrDefault(n => string.Equals(Bare(n), bare, StringComparison.OrdinalIgnoreCase));
    }

    private static string Bare(string text)
    {
        const string Suffix = "strategy";
        var bare = string.Concat(text.Where(char.IsLetterOrDigit));
        return bare.Length > Suffix.Length && bare.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? bare[..^Suffix.Length] : bare;
    }
}
