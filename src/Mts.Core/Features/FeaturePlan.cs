using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>Which figures are wanted, in which order: <c>returns:1,5</c>, <c>sma:20</c>, <c>sma:20@1d</c> over longer bars, <c>macro:VIXCLS</c>, <c>funding</c>, <c>close</c>.</summary>
public sealed class FeaturePlan
{
    private const int Longest = 100_000;
    private readonly List<(string Column, Func<int, Interval, IFeature> Make)> features = [];
    private readonly List<string> macro = [];
    private readonly List<IntervalNeed> intervals = [];

    /// <summary>The columns' names: <c>return_1</c>, <c>sma_20</c>, <c>sma_20_1d</c>, <c>macro_VIXCLS</c>, <c>funding_rate</c>. They do not change from version to version.</summary>
    public IReadOnlyList<string> Columns => [.. features.Select(f => f.Column)];

    /// <summary>What a strategy or an export that uses the plan needs.</summary>
    public StrategyNeeds Needs => new() { MacroSeries = macro, Intervals = intervals, Volume = UsesVolume };

    private bool UsesVolume { get; set; }

    /// <exception cref="ConfigurationException">Unknown figure, wrong length, or the same column twice.</exception>
    public static FeaturePlan Parse(IReadOnlyList<string> texts)
    {
        var plan = new FeaturePlan();
        foreach (var text in texts) plan.Add(text);
        if (plan.features.Count == 0) throw new ConfigurationException($"no feature is asked for; there are {Known()}.");
        if (plan.features.GroupBy(f => f.Column, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ConfigurationException($"the column {twice.Key} is asked for twice.");
        return plan;
    }

    /// <summary>The figures of one instrument; each instrument needs its own.</summary>
    public FeatureSet Begin(int instrument, Interval interval) => new(Columns, [.. features.Select(f => f.Make(instrument, interval))]);

    private void Add(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, rest) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        switch (name)
        {
            case "funding" when rest.Length == 0:
                features.Add(("funding_rate", (i, _) => new KnownFeature(c => c.Funding(i) is [.., var rate] ? rate.Rate : null)));
                return;
            case "macro" when rest.Length > 0:
                foreach (var id in rest.Split(',')) AddMacro(id);
                return;
        }

        AddBars(text, name.Split('@')[0], rest);
    }

    private void AddMacro(string asked)
    {
        var id = MacroCatalog.Find(asked).Id;
        macro.Add(id);
        features.Add(($"macro_{id}", (_, _) => new KnownFeature(c => c.Macro(id) is [.., var newest] ? newest.Value : null)));
    }

    private void AddBars(string text, string name, string rest)
    {
        var kind = FeatureKind.All.FirstOrDefault(k => k.Name == name) ?? throw new ConfigurationException($"'{text}' is no feature{NearestNames.Suggest(NearestNames.To(name, [.. FeatureKind.All.Select(k => k.Name), "macro", "funding"]))}; there are {Known()}.");
        var at = text.IndexOf('@', StringComparison.Ordinal);
        Interval? longer = at < 0 ? null : Interval.Parse(text[(at + 1)..]);
        var lengths = rest.Split('@')[0];
        UsesVolume |= kind.UsesVolume;
        if (longer is { } interval && !intervals.Exists(n => n.Interval == interval)) intervals.Add(new IntervalNeed(interval));
        if (kind.Least == 0)
        {
            if (lengths.Length > 0) throw new ConfigurationException($"'{text}': {name} takes no length.");
            AddOne(kind, 0, longer);
            return;
        }

        foreach (var length in lengths.Split(','))
        {
            if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < kind.Least || n > Longest)
                throw new ConfigurationException($"'{text}': '{length}' is no length of {name}; write {name}:N with N from {kind.Least} to {Longest}.");
            AddOne(kind, n, longer);
        }
    }

    private void AddOne(FeatureKind kind, int length, Interval? longer)
    {
        var column = string.Create(CultureInfo.InvariantCulture, $"{kind.Column}{(length > 0 ? $"_{length}" : "")}{(longer is { } l ? $"_{l}" : "")}");
        features.Add((column, (instrument, own) =>
        {
            var (add, value) = kind.Make(length, longer ?? own);
            return longer is { } interval ? new LongerBarFeature(instrument, interval, add, value) : new BarFeature(add, value);
        }));
    }

    private static string Known() => $"{string.Join(", ", FeatureKind.All.Select(k => k.Least > 0 ? k.Name + ":N" : k.Name))}, macro:ID, funding; with @1d behind it over longer bars";
}
