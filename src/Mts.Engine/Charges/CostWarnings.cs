using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>Which costs a result does not contain, and what had to be assumed of those it does.</summary>
internal static class CostWarnings
{
    public static IEnumerable<string> Of(RunParts parts, BacktestInputs inputs, BacktestOptions options)
    {
        var symbols = parts.Series.Select(s => s.Key.Symbol.ToString()).ToArray();
        for (var i = 0; i < symbols.Length; i++)
        {
            var (data, isPerpetual) = (inputs.Instruments[i], inputs.Instruments[i].Series.Key.Symbol.IsPerpetual);
            if (isPerpetual)
            {
                foreach (var stretch in FundingStretches.Missing(data.Funding ?? [], inputs.Start, inputs.End))
                    yield return $"{symbols[i]}: funding not counted from {stretch.From} to {stretch.Until}: no settled rates are known; `mts collect-funding` fetches them";
            }

            var held = Held(parts, i);
            if (!isPerpetual && held.Contains(Side.Sell) && options.Costs?.BorrowApr is null)
                yield return $"{symbols[i]}: borrow interest not counted: no rate was given for what was sold short; --borrow-apr counts it";
            if (isPerpetual && held.Count > 0 && options.Costs?.Margin is null)
                yield return $"{symbols[i]}: margin and liquidation not counted: the perpetual was held with cash; --margin counts them";
            if (isPerpetual && held.Count > 0 && options.Costs?.Margin is not null && data.Marks is null)
                yield return $"{symbols[i]}: liquidation was looked for at traded prices; the venue looks at mark prices, which are not stored: --mark reads them from a file";
            if (isPerpetual && held.Count > 0 && options.Costs?.Margin?.Mode == MarginMode.Cross && data.Marks is null && inputs.Instruments.Any(other => other.Marks is not null))
                yield return $"{symbols[i]}: in its cross account the position was valued at traded prices, beside others at mark prices; --mark {symbols[i]}=FILE gives its own";
            if (options.Costs is { RulesAreTodays: true, Rules: { } rules } && rules[i] is not null)
                yield return $"{symbols[i]}: tick, lot and least notional of today were assumed for the past";
        }

        foreach (var assumption in parts.Charges.Assumptions.Words(symbols)) yield return assumption;
    }

    /// <summary>Whether coins were sold that had to be borrowed.</summary>
    public static bool SoldSpotShort(RunParts parts) => Array.Exists(parts.Holdings, h => !parts.Series[h.Instrument].Key.Symbol.IsPerpetual && Held(parts, h.Instrument).Contains(Side.Sell));

    private static HashSet<Side> Held(RunParts parts, int instrument)
    {
        var held = parts.Broker.Ledger.Trades.Where(t => t.Instrument == instrument).Select(t => t.Side).ToHashSet();
        if (parts.Holdings[instrument].Quantity != 0) held.Add((Side)parts.Holdings[instrument].Direction);
        return held;
    }
}
