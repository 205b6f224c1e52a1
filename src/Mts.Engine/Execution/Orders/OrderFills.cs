using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>Fills orders at a price, as far as quantity, volume, cash and rules allow.</summary>
internal sealed class OrderFills(Holding[] holdings, Broker broker, RunContext context, OrderDesk desk, bool allowShort)
{
    private readonly WideInt?[] left = new WideInt?[holdings.Length];

    /// <summary>A bar begins: what of its volume may be filled, 10⁻⁸ base units; null for all that one could want.</summary>
    public void Offer(int instrument, WideInt? volume) => left[instrument] = volume;

    public WideInt? Left(int instrument) => left[instrument];

    public void Use(int instrument, WideInt quantity) => left[instrument] -= WideInt.Abs(quantity);

    /// <summary>A limit order that takes what is offered: at the price with slippage, but at its limit if that is better.</summary>
    public void Take(Ticket ticket, double price, long time, bool isInside)
    {
        var holding = holdings[ticket.Instrument];
        var wanted = ticket.Wanted > 0 ? ticket.Wanted - ticket.Filled : broker.Sizing.Worth(holding, ticket.Side, context.Funds(holding.Instrument), ticket.Request.EquityFraction ?? 0, price, time, slips: true);
        var slipped = broker.Sizing.FillPrice(holding, ticket.Side, wanted, price, time);
        var isWithin = ticket.Side == Side.Buy ? slipped <= ticket.Request.LimitPrice : slipped >= ticket.Request.LimitPrice;
        Fill(ticket, isWithin ? price : ticket.Limit, time, slips: isWithin, isInside, isTaker: true);
    }

    /// <param name="ticket">Working.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="slips">False for a resting limit order.</param>
    /// <param name="isInside">Whether it happens inside a bar.</param>
    /// <param name="isTaker">Whether a limit order takes what is there at once.</param>
    public void Fill(Ticket ticket, double price, long time, bool slips, bool isInside, bool isTaker = false)
    {
        var holding = holdings[ticket.Instrument];
        if (!IsSized(ticket, price, slips, time)) return;
        if (ticket.Parent is { } opened) ticket.Wanted = ticket.Filled + opened.Filled - opened.Closed;
        var rest = ticket.Wanted - ticket.Filled;
        var opposite = holding.Direction == (Direction)(-(int)ticket.Side) ? WideInt.Abs(holding.Quantity) : 0;
        if (ticket.Request.ReduceOnly) rest = WideInt.Min(rest, opposite);
        if (rest == 0)
        {
            desk.End(ticket, OrderState.Cancelled, time, "reduce_only", "there is no position that it could reduce");
            return;
        }

        var isWhole = left[ticket.Instrument] is not { } volume || volume >= rest;
        if (!isWhole && !ticket.IsCovered && ticket.Request.TimeInForce == TimeInForce.FillOrKill)
        {
            desk.End(ticket, OrderState.Cancelled, time, "fill_or_kill", $"{Scaled.ToDecimal(left[ticket.Instrument]!.Value)} of {Scaled.ToDecimal(rest)} are there");
            return;
        }

        var quantity = isWhole ? rest : Down(left[ticket.Instrument]!.Value, broker.Sizing.Lot(holding, time));
        if (quantity <= 0) return;
        if (Refusal(ticket, holding, quantity, opposite, price, time, slips) is { } refusal)
        {
            desk.End(ticket, OrderState.Rejected, time, refusal.Rule, refusal.Reason);
            return;
        }

        Execute(ticket, holding, quantity, opposite, price, time, slips, isInside, isTaker);
    }

    /// <summary>Works the quantity out, the first time; an order of less than a lot ends.</summary>
    public bool IsSized(Ticket ticket, double price, bool slips, long time) => ticket.Wanted > 0 || Resolve(ticket, holdings[ticket.Instrument], price, slips, time);

    private void Execute(Ticket ticket, Holding holding, WideInt quantity, WideInt opposite, double price, long time, bool slips, bool isInside, bool isTaker)
    {
        var before = holding.Quantity;
        if (opposite > 0) broker.Close(holding, price, time, ticket.Request.Why, slips, most: WideInt.Min(quantity, opposite), isTaker);
        var opening = quantity - WideInt.Min(quantity, opposite);
        var isPaid = opening == 0 || Open(ticket, holding, opening, price, time, slips, isTaker);
        var filled = WideInt.Abs(holding.Quantity - before);
        if (filled > 0) Tell(ticket, holding, filled, price, time, isInside);
        if (!isPaid) desk.End(ticket, OrderState.Rejected, time, "cash", $"the {Scaled.ToDecimal(opening)} that it would open cost more than there is");
    }

    private void Tell(Ticket ticket, Holding holding, WideInt filled, double price, long time, bool isInside)
    {
        ticket.Filled += filled;
        Use(ticket.Instrument, filled);
        if (ticket.Parent is { } parent) parent.Closed += filled;
        desk.Filled(ticket, filled, broker.Ledger.Last.FillPrice, time);
        if (ticket.Request.StopLoss is not null || ticket.Request.TakeProfit is not null) desk.Protect(ticket, time, isInside ? price : null);
        if (ticket.Parent is { } bracket) EndBracket(bracket, ticket, time);
        else if (!ticket.IsDone && ticket.Request.ReduceOnly && holding.Quantity == 0) desk.End(ticket, OrderState.Cancelled, time, "reduce_only", "the position is closed");
    }

    // What an order opened is closed again: its other bracket order has nothing to do, and what of it was not filled yet is not wanted.
    private void EndBracket(Ticket parent, Ticket child, long time)
    {
        if (parent.Closed < parent.Filled && holdings[parent.Instrument].Quantity != 0) return;
        foreach (var other in parent.Bracket.Where(t => !t.IsDone).ToList()) desk.End(other, OrderState.Cancelled, time, "oco", $"order {child.Id} was filled");
        desk.End(parent, OrderState.Cancelled, time, "bracket", $"order {child.Id} has closed what it had opened");
    }

    private bool Open(Ticket ticket, Holding holding, WideInt quantity, double price, long time, bool slips, bool isTaker)
    {
        var funds = context.Funds(holding.Instrument);
        if (broker.Sizing.Payable(holding, ticket.Side, quantity, funds, price, time, slips) is var affordable && affordable < quantity)
        {
            if (ticket.Request.EquityFraction is null) return false;
            ticket.Wanted -= quantity - affordable;
            quantity = affordable;
        }

        if (quantity > 0) broker.Add(holding, ticket.Side, quantity, funds, price, time, ticket.Request.Why, () => Origin(ticket, time, price), slips, rests: !slips && !isTaker);
        return ticket.Wanted > 0;
    }

    private (string Rule, string Reason)? Refusal(Ticket ticket, Holding holding, WideInt quantity, WideInt opposite, double price, long time, bool slips)
    {
        if (quantity <= opposite) return null;
        if (ticket.Side == Side.Sell && !allowShort && !context.Instruments[holding.Instrument].Key.Symbol.IsPerpetual)
            return ("allow_short", $"a spot market is sold short only with --allow-short, and {Scaled.ToDecimal(opposite)} of {Scaled.ToDecimal(quantity)} are held");
        if (broker.Sizing.Forbidden(holding, ticket.Wanted, price, time) is { } forbidden) return (forbidden.Rule, forbidden.Reason);
        if (opposite > 0 || ticket.Request.EquityFraction is not null) return null;
        var funds = context.Funds(holding.Instrument);
        return broker.Sizing.Payable(holding, ticket.Side, quantity, funds, price, time, slips) >= quantity ? null
            : ("cash", $"{Scaled.ToDecimal(quantity)} at {price} cost more than the {Scaled.ToDecimal(WideInt.Max(0, funds.Available))} that there are");
    }

    private bool Resolve(Ticket ticket, Holding holding, double price, bool slips, long time)
    {
        ticket.Wanted = ticket.Request.Quantity is { } quantity
            ? InLots(ticket, holding, Scaled.Amount(quantity), broker.Sizing.Lot(holding, time))
            : broker.Sizing.Worth(holding, ticket.Side, context.Funds(holding.Instrument), ticket.Request.EquityFraction!.Value, price, time, slips);
        if (ticket.Wanted > 0) return true;
        desk.End(ticket, OrderState.Rejected, time, "lot", "its size is less than one lot");
        return false;
    }

    private Signal Origin(Ticket ticket, long time, double price) => new(
        context.Instruments[ticket.Instrument].Asset, ticket.Instrument, (Direction)ticket.Side, ticket.Strategy.Name, new Timestamp(time), price, ticket.Request.Why);

    // A position that was built in smaller lots is closed whole.
    private static WideInt InLots(Ticket ticket, Holding holding, WideInt quantity, long lot)
    {
        var opposite = holding.Direction == (Direction)(-(int)ticket.Side) ? WideInt.Abs(holding.Quantity) : 0;
        return quantity < opposite ? Down(quantity, lot) : opposite + Down(quantity - opposite, lot);
    }

    private static WideInt Down(WideInt quantity, long lot) => quantity - (quantity % lot);
}
