namespace Mts.Core.Market;

/// <summary>The rules of one instrument as they were known over time.</summary>
/// <param name="Rules">Oldest first.</param>
public sealed record RuleHistory(IReadOnlyList<InstrumentRules> Rules)
{
    /// <summary>The rules in force; null before the first ones.</summary>
    public InstrumentRules? At(Timestamp time)
    {
        InstrumentRules? found = null;
        foreach (var rules in Rules) found = rules.From <= time ? rules : found;
        return found;
    }

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Rules.Count == 0) yield return "it has no rules";
        for (var i = 0; i < Rules.Count; i++)
        {
            if (i > 0 && Rules[i].From <= Rules[i - 1].From) yield return $"the rules from {Rules[i].From} do not follow those before them";
            foreach (var (name, value) in new[] { ("tick", Rules[i].Tick), ("lot", Rules[i].Lot), ("minNotional", Rules[i].MinNotional) })
            {
                if (value is { } number && (number < 0.00000001m || number > 1_000_000_000m || decimal.Round(number, 8) != number))
                    yield return FormattableString.Invariant($"{name} is {number} from {Rules[i].From}; allowed is 0.00000001 to 1000000000, with up to eight decimals");
            }
        }
    }
}
