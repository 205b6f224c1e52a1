using System.Security.Cryptography;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Sessions;

/// <summary>One number for all that a run owns, owes and waits for: two runs that differ anywhere differ in it.</summary>
internal sealed class StateDigest(RunParts parts)
{
    /// <returns>32 hexadecimal digits.</returns>
    public string Take()
    {
        using var buffer = new MemoryStream(512);
        using (var w = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            foreach (var account in parts.Accounts) Write(w, account.Cash);
            foreach (var holding in parts.Holdings) Write(w, holding, parts.Cursors[holding.Instrument]);
            Write(w, parts.Broker.Ledger.Fees);
            Write(w, parts.Broker.Ledger.Traded);
            Write(w, parts.Funding?.Total ?? 0);
            if (parts.Charges.Borrow is { } borrow) Write(w, borrow.Total);
            w.Write(parts.Broker.Ledger.Fills.Count);
            w.Write(parts.Broker.Ledger.Trades.Count);
            w.Write(parts.Desk.Signals.Count);
            w.Write(parts.Desk.Refusals.Count);
            foreach (var ticket in parts.Orders.Working) Write(w, ticket);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)).AsSpan(0, 16));
    }

    private static void Write(BinaryWriter w, Execution.Holding h, BarCursor cursor)
    {
        foreach (var amount in (ReadOnlySpan<WideInt>)[h.Quantity, h.EntryNotional, h.EntryFee, h.Carry]) Write(w, amount);
        foreach (var number in (ReadOnlySpan<long>)[h.EntryTime, h.ExpiresAt, cursor.Closed]) w.Write(number);
        w.Write(h.Mark);
        w.Write(h.EntryPrice);
        Write(w, h.Pending);
        Write(w, h.Origin);
    }

    private static void Write(BinaryWriter w, Execution.Orders.Ticket ticket)
    {
        w.Write(ticket.Id);
        w.Write(ticket.EndsAt);
        w.Write(ticket.Stop);
        w.Write(ticket.IsTriggered);
        foreach (var amount in (ReadOnlySpan<WideInt>)[ticket.Wanted, ticket.Filled, ticket.Closed]) Write(w, amount);
    }

    private static void Write(BinaryWriter w, Signal? signal)
    {
        w.Write(signal is not null);
        if (signal is null) return;
        w.Write(signal.Strategy);
        w.Write((int)signal.Direction);
        if (signal.Resizes) w.Write(signal.Resizes);
        w.Write(signal.Time.Micros);
        foreach (var number in (ReadOnlySpan<double>)[signal.PositionSize, signal.Stop ?? double.NaN, signal.Target ?? double.NaN]) w.Write(number);
    }

    private static void Write(BinaryWriter w, WideInt amount)
    {
        w.Write(amount.High);
        w.Write(amount.Low);
    }
}
