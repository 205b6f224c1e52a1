using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>Tickers: on spot whole each time, on linear whole once and then only the fields that changed.</summary>
internal sealed class BybitTickerChannel(string name, LiveMarket market) : BybitChannel(name, market, market.Listing.Venue == Venue.BybitSpot ? 50_000 : 100_000)
{
    private readonly List<byte[]> shown = [];
    private readonly FrameText values = new();
    private readonly List<(string Name, int Start, int End)> fields = [];
    private Candle before;
    private long beforeMinute = -1;

    public override FrameClass Class => FrameClass.Quote;

    public override bool IsLasting => true;

    public override void Welcome(Subscription subscription)
    {
        Read();
        Keep();
        Write(isSnapshot: true, static _ => true);
        Owner.Channels.Send(subscription, Owner.Text, 0, -1, -1);
    }

    public override void Emit()
    {
        if (Subscribers.Count == 0 || !Market.Book.HasBoth) return;
        Read();
        var isSame = shown.Count == fields.Count;
        for (var i = 0; i < fields.Count && isSame; i++) isSame = IsShown(i);
        if (isSame) return;
        var isSnapshot = IsSpot || shown.Count == 0;
        Owner.Faults.OfChannel(this);
        Write(isSnapshot, i => isSnapshot || !IsShown(i));
        Keep();
        Owner.Channels.Publish(this, Owner.Text, 0, -1, -1);
    }

    private void Write(bool isSnapshot, Func<int, bool> wanted)
    {
        var text = Owner.Text.Clear().Raw("{\"topic\":\""u8).Raw(Name).Raw("\","u8);
        if (IsSpot) text.Raw("\"ts\":"u8).Number(NowMs).Raw(","u8);
        text.Raw("\"type\":"u8).Raw(isSnapshot ? "\"snapshot\""u8 : "\"delta\""u8);
        if (IsSpot) text.Raw(",\"cs\":"u8).Number(Market.UpdateId);
        text.Raw(",\"data\":{\"symbol\":\""u8).Raw(Listing.Symbol).Raw("\""u8);
        for (var i = 0; i < fields.Count; i++)
        {
            if (wanted(i)) text.Raw(",\""u8).Raw(fields[i].Name).Raw("\":"u8).Raw(Value(i));
        }

        text.Raw("}"u8);
        if (!IsSpot) text.Raw(",\"cs\":"u8).Number(Market.UpdateId).Raw(",\"ts\":"u8).Number(NowMs);
        text.Raw("}"u8);
    }

    private void Read()
    {
        values.Clear();
        fields.Clear();
        var day = Day();
        if (IsSpot) ReadSpot(day);
        else ReadLinear(day);
    }

    private void ReadSpot(in Candle day)
    {
        Field("lastPrice", day.Close);
        Field("highPrice24h", day.High);
        Field("lowPrice24h", day.Low);
        Field("prevPrice24h", day.Open);
        Field("volume24h", day.Volume, Listing.LotDecimals, -1);
        Field("turnover24h", day.Quote, Listing.QuoteDecimals, -1);
        Field("price24hPcnt", Change(day).ToString("F4"));
        Field("usdIndexPrice", (Market.Target(Market.Now) * Listing.PriceUnit).ToString("F8"));
    }

    private void ReadLinear(in Candle day)
    {
        var mark = MarkPrice.Of(Market, Market.Now);
        var interest = Math.Max(1, before.Volume / 3);
        var decimals = $"F{Listing.PriceDecimals}";
        Field("tickDirection", "ZeroPlusTick");
        Field("price24hPcnt", Change(day).ToString("F6"));
        Field("lastPrice", day.Close);
        Field("prevPrice24h", day.Open);
        Field("highPrice24h", day.High);
        Field("lowPrice24h", day.Low);
        Field("prevPrice1h", Market.Market.Candles.Bar(new Span(Clock.Minute), (Market.Now / 1_000 / Clock.Minute * Clock.Minute) - Clock.Hour, Market.Now / 1_000)?.Open ?? day.Open);
        Field("markPrice", mark.Mark.ToString(decimals));
        Field("indexPrice", mark.Index.ToString(decimals));
        Field("openInterest", interest * 2, Listing.LotDecimals, Listing.LotDecimals);
        Field("openInterestValue", (Int128)interest * 2 * day.Close, Listing.QuoteDecimals, 2);
        Field("turnover24h", day.Quote, Listing.QuoteDecimals, 4);
        Field("volume24h", day.Volume, Listing.LotDecimals, 4);
        Field("fundingIntervalHour", (Market.Market.Funding?.Hours ?? 8).ToString());
        Field("fundingCap", "0.02");
        Field("singleOpenInterest", interest, Listing.LotDecimals, Listing.LotDecimals);
        Field("singleOpenInterestValue", (Int128)interest * day.Close, Listing.QuoteDecimals, 2);
        Field("nextFundingTime", mark.NextMs.ToString());
        Field("fundingRate", mark.Rate, 8, -1);
        if (!Market.Book.HasBoth) return;
        Field("bid1Price", Market.Book.Bids.Best);
        Field("bid1Size", Market.Book.Bids.QuantityAt(0), Listing.LotDecimals, Listing.LotDecimals);
        Field("ask1Price", Market.Book.Asks.Best);
        Field("ask1Size", Market.Book.Asks.QuantityAt(0), Listing.LotDecimals, Listing.LotDecimals);
    }

    // Of the last 24 hours all but the running minute is added up once a minute.
    private Candle Day()
    {
        var nowMs = Market.Now / 1_000;
        var minute = nowMs / Clock.Minute * Clock.Minute;
        var from = minute - Clock.Day;
        if (minute != beforeMinute)
        {
            before = Market.Market.Candles.Bar(new Span(Clock.Day, from % Clock.Day), from, minute) ?? default;
            beforeMinute = minute;
        }

        return Market.Minute(minute) is not { } now ? before : before.Open == 0 ? now : before.Then(now);
    }

    private static double Change(in Candle day) => day.Open == 0 ? 0 : (double)(day.Close - day.Open) / day.Open;

    private void Field(string field, long price) => Field(field, price, Listing.PriceDecimals, Listing.PriceDecimals);

    private void Field(string field, Int128 units, int decimals, int places)
    {
        var start = values.Length;
        fields.Add((field, start, values.Fixed(units, decimals, places).Length));
    }

    private void Field(string field, string value)
    {
        var start = values.Length;
        fields.Add((field, start, values.Quoted(value).Length));
    }

    private ReadOnlySpan<byte> Value(int i) => values.Written[fields[i].Start..fields[i].End];

    private bool IsShown(int i) => i < shown.Count && Value(i).SequenceEqual(shown[i]);

    private void Keep()
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (IsShown(i)) continue;
            if (i < shown.Count) shown[i] = Value(i).ToArray();
            else shown.Add(Value(i).ToArray());
        }
    }
}
