using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>Which costs a result does not contain, and what had to be assumed of those it does.</summary>
internal static class CostWarnings
{
    public static IEnumerable<string> Of(RunParts parts, BacktestInputs inputs, BacktestOptions options)
    {
        var held = Held(parts);
        var symbols = parts.Series.Select(s => s.Key.Symbol.ToString()).ToArray();
        for (var i = 0; i < symbols.Length; i++)
        {
            var (data, isPerpetual) = (inputs.Instruments[i], inputs.Instruments[i].Series.Key.Symbol.IsPerpetual);
            if (isPerpetual)
            {
                foreach (var stretch in FundingStretches.Missing(data.Funding ?? [], inputs.Start, inputs.End))
                    yield return $"{symbols[i]}: funding not counted from {stretch.From} to {stretch.Until}: no settled rates are known; `mts collect-funding` fetches them";
            }

            if (!isPerpetual && held[i].Short && options.Costs?.BorrowApr is null)
                yield return $"{symbols[i]}: borrow interest not counted: no rate was given for what was sold short; --borrow-apr counts it";
            if (isPerpetual && held[i].Any && options.Costs?.Margin is null)
                yield return $"{symbols[i]}: margin and liquidation not counted: the perpetual was held with cash; --margin counts them";
            if (isPerpetual && held[i].Any && options.Costs?.Margin is not null && data.Marks is null)
                yield return $"{symbols[i]}: liquidation was looked for at traded prices; the venue looks at mark prices, which are not stored: --mark reads them from a file";
            if (isPerpetual && held[i].Any && options.Costs?.Margin?.Mode == MarginMode.Cross && data.Marks is null && inputs.Instruments.Any(other => other.Marks is not null))
                yield return $"{symbols[i]}: in its cross account the position was valued at traded prices, beside others at mark prices; --mark {symbols[i]}=FILE gives its own";
            if (options.Costs is { RulesAreTodays: true, Rules: { } rules } && rules[i] is not null)
                yield return $"{symbols[i]}: tick, lot and least notional of today were assumed for the past";
        }

        foreach (var assumption in parts.Charges.Assumptions.Words(symbols)) yield return assumption;
    }

    /// <summary>Whether coins were sold that had to be borrowed.</summary>
    public static bool SoldSpotShort(RunParts parts)
    {
        var held = Held(parts);
        return Array.Exists(parts.Holdings, h => !parts.Series[h.Instrument].Key.Symbol.IsPerpetual && held[h.Instrument].Short);
    }

    // Of each instrument, whether it was held at all, and whether short.
    private static (bool Any, bool Short)[] Held(RunParts parts)
    {
        var held = new (bool Any, bool Short)[parts.Holdings.Length];
        foreach (var trade in parts.Broker.Ledger.Trades) Note(trade.Instrument, trade.Side == Side.Sell);
        foreach (var holding in parts.Holdings.Where(h => h.Quantity != 0)) Note(holding.Instrument, holding.Direction == Direction.Short);
        return held;

        void Note(int instrument, bool isShort) => held[instrument] = (true, held[instrument].Short || isShort);
    }
}
