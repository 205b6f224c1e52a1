using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>A forced order.</summary>
/// <param name="IsSell">The order sells: a long was liquidated.</param>
/// <param name="Quantity">Ordered, in units.</param>
/// <param name="Price">Its limit, the bankruptcy price, in units.</param>
/// <param name="Filled">What was executed.</param>
/// <param name="AveragePrice">At which mean price, in units.</param>
/// <param name="LastFilled">The last execution.</param>
/// <param name="Micros">When.</param>
internal readonly record struct Liquidation(bool IsSell, long Quantity, long Price, long Filled, double AveragePrice, long LastFilled, long Micros);

internal sealed partial class LiveMarket
{
    private const int TapeKept = 1 << 16;

    private readonly List<Candle> minutes = [];
    private readonly List<long> minuteEnds = [];
    private Tape[] tape = new Tape[1_024];
    private Candle minute;
    private long minuteOpenMs;
    private long nextTrade;
    private long firstKept;
    private bool? emptied;
    private long emptiedUntil;

    /// <summary>Number of the next aggregated trade.</summary>
    public long NextTape { get; private set; }

    /// <summary>Number of the first aggregated trade that the market itself made.</summary>
    public long FirstTape { get; private set; }

    /// <summary>The oldest aggregated trade that is still kept.</summary>
    public long OldestTape => Math.Max(firstKept, NextTape - TapeKept);

    /// <summary>All forced orders so far; they are rare.</summary>
    public List<Liquidation> Liquidations { get; } = [];

    public Tape TapeAt(long id) => tape[id & (tape.Length - 1)];

    /// <summary>The minute of the live market that opens at a moment, as far as it has come; null where the market was not live in it.</summary>
    public Candle? Minute(long openMs)
    {
        if (openMs == minuteOpenMs) return minute;
        var index = (openMs - FirstMinuteMs) / Clock.Minute;
        return openMs >= FirstMinuteMs && index < minutes.Count ? minutes[(int)index] : null;
    }

    /// <summary>The number of the last trade before a minute ends, or so far.</summary>
    public long LastTradeBefore(long endMs)
    {
        var index = ((endMs - FirstMinuteMs) / Clock.Minute) - 1;
        return (index < minuteEnds.Count ? minuteEnds[(int)Math.Max(0, index)] : nextTrade) - 1;
    }

    /// <summary>The minute in which the market became live.</summary>
    public long FirstMinuteMs { get; private set; }

    /// <summary>Takes all levels of a side away and lets none come back for a while.</summary>
    public void Empty(bool isBid, long untilMicros)
    {
        (emptied, emptiedUntil) = (isBid, untilMicros);
        var side = Book.Side(isBid);
        while (side.Count > 0) Set(isBid, side.Best, 0);
    }

    /// <summary>The fills that an aggregated trade consists of.</summary>
    public static long FillQuantity(in Tape trade, long number)
    {
        var count = trade.LastTrade - trade.FirstTrade + 1;
        return Math.Max(1, (long)(((Int128)trade.Quantity * (number + 1) / count) - ((Int128)trade.Quantity * number / count)));
    }

    private void StartTape(LiveCandles candles)
    {
        var ms = StartMicros / 1_000;
        if (candles.Before is ModelCandles model && model.Newest(ms, 1, ms) is [var last]) (NextTape, nextTrade) = (last.Id + 1, last.LastTrade + 1);
        (FirstTape, firstKept) = (NextTape, NextTape);
        FirstMinuteMs = minuteOpenMs = ms / Clock.Minute * Clock.Minute;
        // What the model traded in this minute before the market became live stays.
        var before = minuteOpenMs < ms ? candles.Before.Bar(new Span(Clock.Minute), minuteOpenMs, ms) : null;
        minute = before ?? Untraded(minuteOpenMs);
        if (before is { } bar) LastPrice = bar.Close;
    }

    private Candle Untraded(long openMs) => new(openMs, LastPrice, LastPrice, LastPrice, LastPrice, 0, 0, 0, 0, 0);

    private void CloseMinutes(long micros)
    {
        for (var open = micros / MicrosPerMinute * Clock.Minute; minuteOpenMs < open;)
        {
            minutes.Add(minute);
            minuteEnds.Add(nextTrade);
            minuteOpenMs += Clock.Minute;
            minute = Untraded(minuteOpenMs);
            gap = Math.Max(1, PriceGap(LastPrice));
        }
    }

    // Nobody pays much more than the best price for what lies behind a hole in the book.
    private (long Filled, Int128 Paid, long Last) Take(bool isBuy, long quantity, int levels)
    {
        var side = Book.Side(!isBuy);
        var worst = side.Best + ((isBuy ? 1 : -1) * Reach);
        long filled = 0, last = 0;
        Int128 paid = 0;
        for (var i = 0; i < levels && quantity > 0 && side.Count > 4 && (isBuy ? side.Best <= worst : side.Best >= worst); i++)
        {
            var (price, resting) = (side.Best, side.QuantityAt(0));
            last = Math.Min(quantity, resting);
            Set(!isBuy, price, resting - last);
            Print(price, last, buyerIsMaker: !isBuy);
            quantity -= last;
            filled += last;
            paid += (Int128)price * last;
        }

        return (filled, paid, last);
    }

    private void Liquidate(double target)
    {
        nextLiquidation = Now + Exponential(options.LiquidationEvery * 1e6);
        var isBuy = target > (Book.Bids.Best + Book.Asks.Best) / 2.0;
        var quantity = Size(0.8);
        var (filled, paid, last) = Take(isBuy, quantity, 6);
        if (filled == 0) return;
        var limit = (long)(LastPrice * (isBuy ? 1.012 : 0.988));
        LatestLiquidation = new Liquidation(!isBuy, filled, Math.Max(1, limit), filled, (double)paid / filled, last, Now);
        Liquidations.Add(LatestLiquidation.Value);
    }

    private void Print(long price, long quantity, bool buyerIsMaker)
    {
        var fills = Math.Min(quantity, 1 + (noise.NextUnit() < 0.2 ? noise.NextBelow(3) : 0));
        if (NextTape - firstKept >= tape.Length && tape.Length < TapeKept) Grow();
        tape[NextTape & (tape.Length - 1)] = new Tape(NextTape, Now / 1_000, price, quantity, nextTrade, nextTrade + fills - 1, buyerIsMaker);
        NextTape++;
        nextTrade += fills;
        LastPrice = price;
        var quote = (Int128)price * quantity;
        var bar = new Candle(minuteOpenMs, price, price, price, price, quantity, quote, fills, buyerIsMaker ? 0 : quantity, buyerIsMaker ? 0 : quote);
        minute = minute.Trades == 0 ? bar : minute.Then(bar);
    }

    private void Grow()
    {
        var larger = new Tape[tape.Length * 2];
        for (var id = OldestTape; id < NextTape; id++) larger[id & (larger.Length - 1)] = TapeAt(id);
        tape = larger;
    }

    private void Starve(bool isBid)
    {
        // The other side may have been eaten up meanwhile; then there is no price to come back to yet.
        if (Now < emptiedUntil || Book.Side(!isBid).Count == 0) return;
        emptied = null;
        var best = Book.Side(!isBid).Best + (isBid ? -1 : 1);
        for (var price = best; price > 0 && Book.Side(isBid).Count < options.Levels; price += (isBid ? -1 : 1) * Math.Max(1, (long)(gap * Distance(1)))) Set(isBid, price, Size(1));
    }
}
