using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution;

/// <summary>Takes what the best price of the live book offers, and nothing from a book that is not VALID or too old. An entry waits one bar for a price and takes once what is there; an exit goes on until nothing is left.</summary>
internal sealed class BookVenue(Holding[] holdings, Broker broker, RunContext context, SignalDesk desk, BookOrders orders, long intervalMicros, long ageMicros) : ExecutionVenue
{
    private readonly LiveTop?[] tops = new LiveTop?[holdings.Length];
    private readonly string?[] crossed = new string?[holdings.Length];
    private readonly Signal?[] reduced = new Signal?[holdings.Length];

    /// <summary>A bar is no price to trade at, but it may show that a stop or target was met while the book was not to be trusted.</summary>
    public override int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now)
    {
        var held = 0;
        foreach (var i in instruments)
        {
            if (holdings[i].Quantity == 0) continue;
            held++;
            if (now >= holdings[i].EntryTime) crossed[i] ??= Crossed(holdings[i], cursors[i].Bar.Low, cursors[i].Bar.High);
        }

        return held;
    }

    public void Quote(LiveTop top) => tops[top.Series] = top;

    /// <summary>Fills what the books allow now.</summary>
    public void Fill(long now)
    {
        foreach (var holding in holdings) Leave(holding, now);
        foreach (var holding in holdings) Enter(holding, now);
        orders.Fill(ticket => Level(ticket.Instrument, ticket.Side, now), Use, now);
    }

    private static string? Crossed(Holding holding, double low, double high)
    {
        if (holding.Origin is not { } origin) return null;
        var isLong = origin.Direction == Direction.Long;
        if (origin.Stop is { } stop && (isLong ? low <= stop : high >= stop)) return "stop";
        return origin.Target is { } target && (isLong ? high >= target : low <= target) ? "target" : null;
    }

    private void Leave(Holding holding, long now)
    {
        var i = holding.Instrument;
        if (holding.Quantity == 0)
        {
            crossed[i] = null;
            return;
        }

        if (holding.Pending is { Resizes: false } same && same.Direction == holding.Direction) holding.Pending = null;
        if (Level(i, (Side)(-(int)holding.Direction), now) is not { } level) return;
        var price = (double)level.Price;
        crossed[i] ??= Crossed(holding, price, price);
        if (holding.Pending is { Resizes: true } resizing && resizing.Direction == holding.Direction)
        {
            if (crossed[i] is null)
            {
                Resize(holding, resizing, level, now);
                return;
            }

            holding.Pending = null;
        }

        var reason = holding.Pending?.Why ?? (now >= holding.ExpiresAt ? "horizon" : crossed[i]);
        if (reason is not null)
        {
            var before = holding.Quantity;
            broker.Close(holding, price, now, reason, most: Scaled.Amount(level.Size));
            Use(i, holding.Quantity - before);
        }

        if (holding.Quantity == 0) crossed[i] = null;
    }

    // What is too much goes on being given up until it is gone; what is lacking is an entry.
    private void Resize(Holding holding, Signal signal, BookLevel level, long now)
    {
        var (i, before) = (holding.Instrument, holding.Quantity);
        var isDone = broker.Reduce(holding, signal, context.Funds(i), (double)level.Price, now, Scaled.Amount(level.Size));
        Use(i, holding.Quantity - before);
        reduced[i] = isDone ? null : signal;
        if (!isDone || before == holding.Quantity) return;
        holding.Pending = null;
        if (holding.Quantity != 0) holding.Adopt(signal, now);
    }

    private void Enter(Holding holding, long now)
    {
        if (holding.Pending is not { } signal || (holding.Quantity != 0 && (signal.Direction != holding.Direction || ReferenceEquals(reduced[holding.Instrument], signal)))) return;
        if (signal.Direction == Direction.Flat || (signal is { Resizes: true, PositionSize: 0 } && holding.Quantity == 0))
        {
            holding.Pending = null;
        }
        else if (now - signal.Time.Micros > intervalMicros)
        {
            holding.Pending = null;
            desk.Refuse(signal, "book", $"its book was not VALID, or too old, until {signal.Time + TimeSpan.FromTicks(intervalMicros * 10)}");
        }
        else if (Level(holding.Instrument, (Side)signal.Direction, now) is { } level)
        {
            if (holding.Quantity != 0)
            {
                Add(holding, signal, level, now);
                return;
            }

            holding.Pending = null;
            var offered = Scaled.Amount(level.Size);
            if (broker.Open(holding, signal, context.Funds(holding.Instrument), (double)level.Price, now, offered) is { } why) desk.Refuse(signal, why.Rule, why.Reason);
            Use(holding.Instrument, holding.Quantity);
            if (holding.Quantity != 0 && WideInt.Abs(holding.Quantity) > offered - holding.Lot) TooMuch(signal, level);
        }
    }

    // Without the other side of the book it is not known whether there is too much.
    private void Add(Holding holding, Signal signal, BookLevel level, long now)
    {
        if (Level(holding.Instrument, (Side)(-(int)holding.Direction), now) is null) return;
        holding.Pending = null;
        var (offered, before) = (Scaled.Amount(level.Size), holding.Quantity);
        var lacking = broker.Increase(holding, signal, context.Funds(holding.Instrument), (double)level.Price, now, offered);
        holding.Adopt(signal, now);
        Use(holding.Instrument, holding.Quantity - before);
        if (lacking > offered) TooMuch(signal, level);
    }

    private void TooMuch(Signal signal, BookLevel level) => desk.Refuse(signal, "book_size", $"the book offered {level.Size} at {level.Price}; what is more was not taken");

    // What has been taken is offered no more, until the book is heard of again.
    private void Use(int instrument, WideInt bought)
    {
        var (top, taken) = (tops[instrument]!, Scaled.ToDecimal(WideInt.Abs(bought)));
        tops[instrument] = bought > 0 ? top with { Ask = Less(top.Ask!.Value, taken) } : bought < 0 ? top with { Bid = Less(top.Bid!.Value, taken) } : top;
    }

    private static BookLevel Less(BookLevel level, decimal taken) => level with { Size = level.Size - taken };

    // Buyers take the ask, sellers the bid.
    private BookLevel? Level(int instrument, Side side, long now)
    {
        if (tops[instrument] is not { IsValid: true } top || now - top.Received.Micros > ageMicros) return null;
        var level = side == Side.Buy ? top.Ask : top.Bid;
        return level is { Price: > 0, Size: > 0 } ? level : null;
    }
}
