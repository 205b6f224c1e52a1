using System.Globalization;
using System.Text.Json;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Engine.Queues;

/// <summary>A second reading of recordings, straight from the JSON lines and in decimals: what came when, and what a cautious reader makes of an order in it.</summary>
internal sealed class RawBook
{
    private readonly List<RawEvent> events = [];

    private sealed record RawEvent(long Micros, bool IsWhole, (decimal Price, decimal Size)[] Bids, (decimal Price, decimal Size)[] Asks, (decimal Price, decimal Size, bool IsSell)[] Trades);

    public static RawBook Binance(params string[] files)
    {
        var raw = new RawBook();
        var (held, id) = (new List<(long Last, JsonElement Data)>(), -1L);
        foreach (var line in files.SelectMany(Recordings.Texts))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var digits = line[..blank];
            var micros = long.Parse(digits, CultureInfo.InvariantCulture) / (digits.Length == 19 ? 1_000 : 1);
            var message = JsonDocument.Parse(line[(blank + 1)..]).RootElement;
            if (message.TryGetProperty("lastUpdateId", out var snapshot))
            {
                id = snapshot.GetInt64();
                raw.events.Add(new RawEvent(micros, true, Levels(message, "bids"), Levels(message, "asks"), []));
                foreach (var diff in held.Where(h => h.Last > id)) raw.Diff(micros, diff.Data, "b", "a");
                continue;
            }

            var data = message.GetProperty("data");
            switch (data.TryGetProperty("e", out var kind) ? kind.GetString() : "")
            {
                case "depthUpdate" when id < 0:
                    held.Add((data.GetProperty("u").GetInt64(), data));
                    break;
                case "depthUpdate" when data.GetProperty("u").GetInt64() > id:
                    raw.Diff(micros, data, "b", "a");
                    break;
                case "trade":
                    raw.events.Add(new RawEvent(micros, false, [], [], [(Number(data.GetProperty("p")), Number(data.GetProperty("q")), data.GetProperty("m").GetBoolean())]));
                    break;
            }
        }

        return raw;
    }

    public static RawBook Bybit(string file, string symbol, string connection)
    {
        var raw = new RawBook();
        foreach (var line in Recordings.Texts(file).Select(l => JsonDocument.Parse(l).RootElement).Where(l => l.GetProperty("t").GetString() == "recv" && l.GetProperty("conn").GetString() == connection))
        {
            var micros = (long)(line.GetProperty("ts").GetDecimal() * 1_000_000);
            var message = JsonDocument.Parse(line.GetProperty("data").GetString()!).RootElement;
            var topic = message.TryGetProperty("topic", out var t) ? t.GetString()! : "";
            if (topic == $"orderbook.200.{symbol}")
            {
                raw.events.Add(new RawEvent(micros, message.GetProperty("type").GetString() == "snapshot", Levels(message.GetProperty("data"), "b"), Levels(message.GetProperty("data"), "a"), []));
            }
            else if (topic == $"publicTrade.{symbol}")
            {
                raw.events.Add(new RawEvent(micros, false, [], [], [.. message.GetProperty("data").EnumerateArray().Select(x => (Number(x.GetProperty("p")), Number(x.GetProperty("v")), x.GetProperty("S").GetString() == "Sell"))]));
            }
        }

        return raw;
    }

    /// <summary>Limit orders that join the queue at an instant, at the level at least so far behind the best price of then, each as if it were alone: when they are filled if whoever cancels stood behind them.</summary>
    public IReadOnlyList<RawOrder> Follow(IReadOnlyList<(long At, bool IsBuy, decimal Behind)> places, decimal quantity)
    {
        // Both sides best first: bids by the negative of their price.
        var (bids, asks) = (new SortedDictionary<decimal, decimal>(), new SortedDictionary<decimal, decimal>());
        var orders = new List<RawOrder>();
        var waiting = new Queue<(long At, bool IsBuy, decimal Behind)>(places.OrderBy(p => p.At));
        foreach (var e in events)
        {
            while (waiting.Count > 0 && e.Micros > waiting.Peek().At)
            {
                var (at, isBuy, behind) = waiting.Dequeue();
                var best = (isBuy ? bids : asks).Keys.First();
                var key = (isBuy ? bids : asks).Keys.First(k => k >= best + behind);
                var shown = (isBuy ? bids : asks).GetValueOrDefault(key);
                orders.Add(new RawOrder(at, isBuy, isBuy ? -key : key, quantity) { Shown = shown });
            }

            if (e.IsWhole) bids.Clear();
            if (e.IsWhole) asks.Clear();
            Set(bids, e.Bids, -1);
            Set(asks, e.Asks, 1);
            foreach (var order in orders.Where(o => o.IsOpen))
            {
                foreach (var trade in e.Trades) order.Trade(e.Micros, trade.Price, trade.Size, trade.IsSell);
                if (e.Trades.Length == 0) order.Show(e.Micros, order.IsBuy ? bids : asks, order.IsBuy ? asks : bids);
            }
        }

        return orders;
    }

    private static void Set(SortedDictionary<decimal, decimal> side, (decimal Price, decimal Size)[] levels, int sign)
    {
        foreach (var (price, size) in levels)
        {
            if (size == 0) side.Remove(sign * price);
            else side[sign * price] = size;
        }
    }

    private void Diff(long micros, JsonElement data, string bids, string asks) => events.Add(new RawEvent(micros, false, Levels(data, bids), Levels(data, asks), []));

    private static (decimal, decimal)[] Levels(JsonElement data, string side) => [.. data.GetProperty(side).EnumerateArray().Select(l => (Number(l[0]), Number(l[1])))];

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
