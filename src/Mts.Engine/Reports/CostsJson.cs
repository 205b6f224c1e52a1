using System.Text.Json;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Reports;

/// <summary>What a run counts beyond one fee and one slippage, as its inputs state it.</summary>
internal static class CostsJson
{
    public static void Write(Utf8JsonWriter w, CostOptions costs)
    {
        w.WriteStartObject("costs");
        if (costs.MakerBps is not null) JsonFigures.Plain(w, "maker_bps", costs.MakerBps);
        if (costs.Fees is { } fees) WriteList(w, "fees", fees, Write);
        if (costs.Spread is { } spread) JsonFigures.Plain(w, "spread_bps", spread.Bps);
        if (costs.Impact is { } impact)
        {
            w.WriteString("impact", JsonNamingPolicy.SnakeCaseLower.ConvertName(impact.Law.ToString()));
            w.WriteNumber("impact_coefficient", impact.Coefficient);
        }

        if (costs.Margin is { } margin)
        {
            w.WriteString("margin", margin.Mode.ToString().ToLowerInvariant());
            JsonFigures.Plain(w, "leverage", margin.Leverage);
            JsonFigures.Plain(w, "exposure", margin.Exposure);
            WriteList(w, "margin_tables", margin.Tables, Write);
        }

        if (costs.BorrowApr is not null) JsonFigures.Plain(w, "borrow_apr", costs.BorrowApr);
        if (costs.Rules is { } rules)
        {
            w.WriteBoolean("rules_of_today", costs.RulesAreTodays);
            WriteList(w, "rules", rules, (json, history) => WriteList(json, "of", history.Rules, Write));
        }

        w.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter w, string name, IEnumerable<T?> list, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        w.WriteStartArray(name);
        foreach (var item in list)
        {
            if (item is null)
            {
                w.WriteNullValue();
                continue;
            }

            w.WriteStartObject();
            write(w, item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter w, FeeSchedule schedule)
    {
        w.WriteString("name", schedule.Name);
        WriteList(w, "tables", schedule.Tables, (json, table) =>
        {
            json.WriteString("from", table.From.ToString());
            WriteList(json, "tiers", table.Tiers, (tiers, tier) =>
            {
                JsonFigures.Plain(tiers, "from", tier.From);
                JsonFigures.Plain(tiers, "maker_bps", tier.MakerBps);
                JsonFigures.Plain(tiers, "taker_bps", tier.TakerBps);
            });
        });
    }

    private static void Write(Utf8JsonWriter w, MarginTable table)
    {
        w.WriteString("name", table.Name);
        JsonFigures.Plain(w, "liquidation_fee_bps", table.LiquidationFeeBps);
        WriteList(w, "tiers", table.Tiers, (json, tier) =>
        {
            JsonFigures.Plain(json, "from", tier.From);
            JsonFigures.Plain(json, "maintenance_rate", tier.MaintenanceRate);
            JsonFigures.Plain(json, "max_leverage", tier.MaxLeverage);
        });
        if (table.From is { } from) w.WriteString("in_force", from.ToString());
        if (table.Later.Count > 0) WriteList(w, "later", table.Later, Write);
    }

    private static void Write(Utf8JsonWriter w, Core.Market.InstrumentRules rules)
    {
        w.WriteString("from", rules.From.ToString());
        JsonFigures.Plain(w, "tick", rules.Tick);
        JsonFigures.Plain(w, "lot", rules.Lot);
        JsonFigures.Plain(w, "min_notional", rules.MinNotional);
    }
}
