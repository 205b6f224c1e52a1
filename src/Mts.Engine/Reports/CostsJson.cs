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
        if (costs.MakerBps is not null) BacktestJson.Plain(w, "maker_bps", costs.MakerBps);
        if (costs.Fees is { } fees) WriteList(w, "fees", fees, Write);
        if (costs.Spread is { } spread) BacktestJson.Plain(w, "spread_bps", spread.Bps);
        if (costs.Impact is { } impact)
        {
            w.WriteString("impact", JsonNamingPolicy.SnakeCaseLower.ConvertName(impact.Law.ToString()));
            w.WriteNumber("impact_coefficient", impact.Coefficient);
        }

        if (costs.Margin is { } margin)
        {
            w.WriteString("margin", margin.Mode.ToString().ToLowerInvariant());
            BacktestJson.Plain(w, "leverage", margin.Leverage);
            BacktestJson.Plain(w, "exposure", margin.Exposure);
            WriteList(w, "margin_tables", margin.Tables, Write);
        }

        if (costs.BorrowApr is not null) BacktestJson.Plain(w, "borrow_apr", costs.BorrowApr);
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
                BacktestJson.Plain(tiers, "from", tier.From);
                BacktestJson.Plain(tiers, "maker_bps", tier.MakerBps);
                BacktestJson.Plain(tiers, "taker_bps", tier.TakerBps);
            });
        });
    }

    private static void Write(Utf8JsonWriter w, MarginTable table)
    {
        w.WriteString("name", table.Name);
        BacktestJson.Plain(w, "liquidation_fee_bps", table.LiquidationFeeBps);
        WriteList(w, "tiers", table.Tiers, (json, tier) =>
        {
            BacktestJson.Plain(json, "from", tier.From);
            BacktestJson.Plain(json, "maintenance_rate", tier.MaintenanceRate);
            BacktestJson.Plain(json, "max_leverage", tier.MaxLeverage);
        });
        if (table.From is { } from) w.WriteString("in_force", from.ToString());
        if (table.Later.Count > 0) WriteList(w, "later", table.Later, Write);
    }

    private static void Write(Utf8JsonWriter w, Core.Market.InstrumentRules rules)
    {
        w.WriteString("from", rules.From.ToString());
        BacktestJson.Plain(w, "tick", rules.Tick);
        BacktestJson.Plain(w, "lot", rules.Lot);
        BacktestJson.Plain(w, "min_notional", rules.MinNotional);
    }
}
