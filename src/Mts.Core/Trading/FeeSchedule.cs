using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>A venue's fees for one kind of market, by date and by what was traded in the thirty days before.</summary>
/// <param name="Name">Orders under one name count together: <c>binance-spot</c>.</param>
/// <param name="IsPerpetual">Whether it is for perpetuals; else for spot.</param>
/// <param name="Tables">Oldest first.</param>
public sealed record FeeSchedule(string Name, bool IsPerpetual, IReadOnlyList<FeeTable> Tables)
{
    /// <summary>The days whose notional decides the tier.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private const decimal MostBps = 1_000;

    /// <summary>Whether it says what was in force; before its first table that is an assumption.</summary>
    public bool Knows(Timestamp time) => time >= Tables[0].From;

    /// <summary>The tier in force.</summary>
    /// <param name="time">Of the fill; before the first table that one counts.</param>
    /// <param name="traded">In the thirty days before it, quote units.</param>
    public FeeTier At(Timestamp time, decimal traded)
    {
        var table = Tables[0];
        foreach (var later in Tables) table = later.From <= time ? later : table;
        var tier = table.Tiers[0];
        foreach (var higher in table.Tiers) tier = higher.From <= traded ? higher : tier;
        return tier;
    }

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Tables.Count == 0) yield return "it has no tables";
        for (var i = 0; i < Tables.Count; i++)
        {
            var (table, tiers) = (Tables[i], Tables[i].Tiers);
            if (i > 0 && table.From <= Tables[i - 1].From) yield return $"the table from {table.From.Date:yyyy-MM-dd} does not follow the one before it";
            if (tiers.Count == 0 || tiers[0].From != 0) yield return $"the first tier of {table.From.Date:yyyy-MM-dd} is not from 0";
            for (var k = 1; k < tiers.Count; k++)
            {
                if (tiers[k].From <= tiers[k - 1].From) yield return FormattableString.Invariant($"the tier from {tiers[k].From} of {table.From.Date:yyyy-MM-dd} does not follow the one before it");
            }

            foreach (var bps in tiers.SelectMany(t => new[] { t.MakerBps, t.TakerBps }).Where(b => b is < -MostBps or > MostBps || decimal.Round(b, 4) != b))
                yield return FormattableString.Invariant($"a fee of {bps} bps of {table.From.Date:yyyy-MM-dd}; allowed is -{MostBps} to {MostBps}, with up to four decimals");
        }
    }
}
