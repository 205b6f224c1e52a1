using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Venues;

/// <summary>What a request costs when it asks for at most so many rows.</summary>
public sealed record WeightTier
{
    /// <summary>Most rows at this cost, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public required int UpTo { get; init; }

    /// <summary>Cost in the venue's unit, 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public required int Weight { get; init; }

    /// <summary>The tier of a request for <paramref name="rows"/> rows: the first that holds it, else the last.</summary>
    public static WeightTier For(IReadOnlyList<WeightTier> tiers, int rows) => tiers.FirstOrDefault(t => rows <= t.UpTo) ?? tiers[^1];

    internal static IEnumerable<string> Problems(string section, IReadOnlyList<WeightTier> tiers, int budget)
    {
        if (tiers.Count == 0) yield return $"{section}: at least one tier is needed";
        for (var i = 0; i < tiers.Count; i++)
        {
            foreach (var problem in OptionProblems.Of($"{section}[{i}]", tiers[i])) yield return problem;
            if (tiers[i].Weight > budget) yield return $"{section}[{i}].weight: {tiers[i].Weight} is more than the whole budget of {budget}";
            if (i > 0 && tiers[i].UpTo <= tiers[i - 1].UpTo) yield return $"{section}[{i}].upTo: {tiers[i].UpTo} does not rise";
        }
    }
}
