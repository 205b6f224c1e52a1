namespace Mts.Core.Signals;

/// <summary>Which signals win, and by how much.</summary>
/// <param name="Winners">All of one direction; empty where nobody wins.</param>
/// <param name="Share">The winners' part of all configured weight.</param>
/// <param name="Lead">What conflict leaves of the size: 1 without opposition, 0 at a tie.</param>
/// <param name="Why">In words and numbers.</param>
internal sealed record AggregateVerdict(AggregateInput[] Winners, double Share, double Lead, string Why)
{
    private const double Tie = 1e-12;

    public static AggregateVerdict Of(AggregateInput[] votes, AggregatorOptions options)
    {
        if (votes.Length == 0) return None("no signal counts");
        return options.Rule switch
        {
            AggregationRule.StrongestWins => Best(votes, v => v.Effective, "the highest confidence × weight"),
            AggregationRule.RiskWeighted => Best(
                votes, v => v.Effective * Ratio(v.Signal, options.MaxRewardRisk), "the highest confidence × weight × reward/risk"),
            AggregationRule.Conservative when Opposing(votes) => None("LONG and SHORT oppose each other"),
            AggregationRule.Conservative => Majority(votes, options.ConservativeShare),
            AggregationRule.Consensus => Majority(votes, options.ConsensusShare),
            _ => Majority(votes, 0),
        };
    }

    private static AggregateVerdict None(string why) => new([], 0, 0, why);

    // The lead is the mean direction of all votes, seen from the winning side; FLAT counts as 0.
    private static AggregateVerdict Majority(AggregateInput[] votes, double leastShare)
    {
        var sides = votes.GroupBy(v => v.Sign).Select(g => (Sign: g.Key, Weight: g.Sum(v => v.Weight))).OrderByDescending(s => s.Weight).ToArray();
        var (sign, weight) = sides[0];
        if (sides.Length > 1 && weight - sides[1].Weight <= Tie) return None($"the sides weigh the same, {weight:0.###} each");
        if (weight < leastShare - Tie) return None($"{Name(sign)} has {weight:0.###} of the weight, less than {leastShare:0.###}");
        var lead = sign == 0 ? 1 : votes.Sum(v => v.Weight * v.Sign) * sign / votes.Sum(v => v.Weight);
        var against = votes.Where(v => v.Sign != sign).Sum(v => v.Weight);
        var why = against > 0 ? $"{Name(sign)} leads by weight, {weight:0.###} to {against:0.###}" : $"all say {Name(sign)}, weight {weight:0.###}";
        return new([.. votes.Where(v => v.Sign == sign)], weight, Math.Max(0, lead), why);
    }

    // The lead is that over the best signal of the opposite direction.
    private static AggregateVerdict Best(AggregateInput[] votes, Func<AggregateInput, double> score, string what)
    {
        var best = votes.MaxBy(score)!;
        var others = votes.Where(v => v.Sign != best.Sign).ToArray();
        if (others.Any(v => score(best) - score(v) <= Tie)) return None($"two directions share {what}, {score(best):0.###}");
        var against = others.Where(v => v.Sign == -best.Sign).Select(score).DefaultIfEmpty(0).Max();
        return new([best], best.Weight, (score(best) - against) / (score(best) + against), $"{best.Signal.Strategy} has {what}, {score(best):0.###}");
    }

    private static bool Opposing(AggregateInput[] votes) => votes.Any(v => v.Sign > 0) && votes.Any(v => v.Sign < 0);

    // Without stop or target nothing is known of reward and risk; such a signal counts as one to one.
    private static double Ratio(Signal signal, double max) =>
        signal.Stop is { } stop && signal.Target is { } target && stop != signal.Price
            ? Math.Min(max, Math.Abs(target - signal.Price) / Math.Abs(signal.Price - stop))
            : 1;

    private static string Name(int sign) => sign switch { > 0 => "LONG", < 0 => "SHORT", _ => "FLAT" };
}
