using System.Globalization;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Reads the conditions of a rule; each complaint names the setting.</summary>
internal sealed class Conditions(string rule, IReadOnlyDictionary<string, string> conditions, AssetCatalog? assets = null)
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];

    // Variables of the environment may be written in any case.
    private readonly Dictionary<string, string> texts = new(conditions, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public bool Has(string name)
    {
        known.Add(name);
        return texts.ContainsKey(name);
    }

    /// <exception cref="ConfigurationException">No number, or out of range.</exception>
    public double? Number(string name, double least, double most)
    {
        if (!Has(name)) return null;
        if (double.TryParse(texts[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw Wrong(name, $"allowed is {Plain(least)} to {Plain(most)}");
    }

    public double Needed(string name, double least, double most) => Number(name, least, most) ?? throw Missing(name);

    public TimeSpan Span(string name, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (!Has(name)) return otherwise;
        foreach (var (suffix, seconds) in Units)
        {
            if (!texts[name].EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (double.TryParse(texts[name][..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
                && count * seconds >= least.TotalSeconds && count * seconds <= most.TotalSeconds) return TimeSpan.FromSeconds(count * seconds);
        }

        throw Wrong(name, $"a span like 30s or 5m from {Plain(least.TotalSeconds)} s to {Plain(most.TotalSeconds)} s belongs here");
    }

    public string? Text(string name) => Has(name) ? texts[name] : null;

    /// <summary>The id of an asset that is named by id, ticker or name.</summary>
    public string? Asset(string name) => Text(name) is { } text ? assets?.IdOf(text) ?? text : null;

    public string Word(string name, string otherwise, params IReadOnlyList<string> allowed)
    {
        if (!Has(name)) return otherwise;
        return allowed.FirstOrDefault(a => string.Equals(a, texts[name], StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(name, $"allowed are {string.Join(", ", allowed)}");
    }

    /// <summary>A limit from exactly one of <c>above</c> and <c>below</c>, with <c>hysteresis</c>.</summary>
    public Limit Limit(double least, double most, double hysteresis = 0.05)
    {
        var name = OneOf("above", "below");
        return new Limit(Needed(name, least, most), name == "above", Hysteresis(hysteresis));
    }

    public double Hysteresis(double otherwise) => Number("hysteresis", 0, 1) ?? otherwise;

    /// <returns>The one that is there.</returns>
    public string OneOf(params IReadOnlyList<string> names)
    {
        var there = names.Where(Has).ToList();
        return there.Count == 1 ? there[0] : throw new ConfigurationException($"alerts.rules.{rule}.when: exactly one of {string.Join(", ", names)} belongs here, not {there.Count}; for more write more rules.");
    }

    /// <exception cref="ConfigurationException">There is a condition that nobody has asked for.</exception>
    public void Finish()
    {
        if (texts.Keys.FirstOrDefault(t => !known.Contains(t)) is not { } stranger) return;
        throw new ConfigurationException(
            $"alerts.rules.{rule}.when.{stranger} is unknown{NearestNames.Suggest(NearestNames.To(stranger, known))}; " +
            (known.Count == 0 ? "this kind has no conditions." : $"allowed are {string.Join(", ", known.Order(StringComparer.Ordinal))}."));
    }

    private ConfigurationException Missing(string name) => new($"alerts.rules.{rule}.when.{name} is missing; a rule of this kind needs it.");

    private ConfigurationException Wrong(string name, string allowed) => new($"alerts.rules.{rule}.when.{name}: '{texts[name]}' is not allowed; {allowed}.");

    private static string Plain(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
