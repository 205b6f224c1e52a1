using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Charges;
using Mts.Engine.Execution;

namespace Mts.Engine;

/// <summary>Pays funding at the true settlement times: longs pay a positive rate to shorts, on position × mark price.</summary>
internal sealed class FundingPayments(IReadOnlyList<InstrumentData> instruments, Holding[] holdings, Assumptions assumptions)
{
    private readonly Perpetual[] perpetuals =
        [.. instruments.Select((d, i) => new Perpetual(holdings[i], [.. (d.Funding ?? []).OrderBy(r => r.Time)])).Where((_, i) => instruments[i].Funding is not null)];

    private long settledUntil = long.MinValue;

    /// <summary>Received (+) or paid (−) so far.</summary>
    public WideInt Total { get; private set; }

    /// <summary>Settles what has come due since the last call; a settlement inside a bar uses the position held through it.</summary>
    public void Settle(long now)
    {
        foreach (var p in perpetuals)
        {
            for (; p.Next < p.Rates.Count && Due(p.Rates[p.Next]) <= now; p.Next++) Pay(p.Holding, p.Rates[p.Next], p.Holding.Quantity);
        }

        settledUntil = now;
    }

    /// <summary>Takes a rate that has just become known. One whose time has passed is paid at once, on what was held then.</summary>
    /// <param name="instrument">Index of the instrument in the run.</param>
    /// <param name="rate">As the venue settled it.</param>
    /// <param name="fills">All executed orders of the run.</param>
    /// <returns>False for one that is known already, or of an instrument that pays none.</returns>
    public bool Learn(int instrument, in FundingRate rate, IReadOnlyList<Fill> fills)
    {
        var due = Due(rate);
        if (Array.Find(perpetuals, p => p.Holding.Instrument == instrument) is not { } perpetual) return false;
        var at = perpetual.Rates.Count;
        while (at > 0 && Due(perpetual.Rates[at - 1]) > due) at--;
        if (at > 0 && Due(perpetual.Rates[at - 1]) == due) return false;
        perpetual.Rates.Insert(at, rate);
        if (due > settledUntil) return true;
        perpetual.Next++;
        Pay(perpetual.Holding, rate, perpetual.Holding.Quantity - Since(due, instrument, fills));
        return true;
    }

    /// <summary>The rates that have been settled before <paramref name="now"/>, oldest first; one that is settled at this very instant is published after it.</summary>
    public ReadOnlySpan<FundingRate> SettledBefore(long now, int instrument)
    {
        foreach (var p in perpetuals)
        {
            if (p.Holding.Instrument != instrument) continue;
            var count = p.Next;
            while (count > 0 && Due(p.Rates[count - 1]) >= now) count--;
            return CollectionsMarshal.AsSpan(p.Rates)[..count];
        }

        return [];
    }

    /// <summary>When a rate is settled; venues stamp it some milliseconds late.</summary>
    public static long Due(in FundingRate rate) => rate.Time.Micros - (rate.Time.Micros % Timestamp.MicrosPerSecond);

    internal static long DueOf(FundingRate rate) => Due(rate);

    // A settlement comes before the orders of its instant.
    private static WideInt Since(long due, int instrument, IReadOnlyList<Fill> fills)
    {
        var sum = (WideInt)0;
        for (var i = fills.Count - 1; i >= 0 && fills[i].Time.Micros >= due; i--)
        {
            if (fills[i].Order.Instrument == instrument) sum += Scaled.Amount(fills[i].SignedQuantity);
        }

        return sum;
    }

    private void Pay(Holding holding, in FundingRate rate, WideInt quantity)
    {
        if (quantity == 0) return;
        if (rate.MarkPrice is null) assumptions.Note(holding.Instrument, "the mark price at a settlement is not known; funding was reckoned on the last traded price", Due(rate));
        var value = Scaled.Value(quantity, Scaled.Price(rate.MarkPrice ?? holding.Mark));
        var payment = -Scaled.Share(value, rate.Rate);
        holding.Account.Add(payment);
        // The payment of a position that has been closed since belongs to no trade any more.
        if (holding.Quantity != 0 && holding.EntryTime < Due(rate)) holding.Carry += payment;
        Total += payment;
    }

    private sealed class Perpetual(Holding holding, List<FundingRate> rates)
    {
        public Holding Holding { get; } = holding;

        public List<FundingRate> Rates { get; } = rates;

        public int Next { get; set; }
    }
}
