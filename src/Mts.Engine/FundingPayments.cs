using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine;

/// <summary>Pays funding at the true settlement times: longs pay a positive rate to shorts, on position × mark price.</summary>
internal sealed class FundingPayments(IReadOnlyList<InstrumentData> instruments, Holding[] holdings)
{
    private readonly (Holding Holding, FundingRate[] Rates)[] perpetuals =
        [.. instruments.Select((d, i) => (holdings[i], Rates: d.Funding?.OrderBy(r => r.Time).ToArray() ?? [])).Where(p => p.Rates.Length > 0)];

    private readonly int[] next = new int[instruments.Count];

    /// <summary>Received (+) or paid (−) so far.</summary>
    public Int128 Total { get; private set; }

    /// <summary>Settles what has come due since the last call; a settlement inside a bar uses the position held through it.</summary>
    public void Settle(long now)
    {
        for (var i = 0; i < perpetuals.Length; i++)
        {
            var (holding, rates) = perpetuals[i];
            for (; next[i] < rates.Length && Due(rates[next[i]]) <= now; next[i]++) Pay(holding, rates[next[i]]);
        }
    }

    /// <summary>When a rate is settled; venues stamp it some milliseconds late.</summary>
    public static long Due(in FundingRate rate) => rate.Time.Micros - (rate.Time.Micros % Timestamp.MicrosPerSecond);

    private void Pay(Holding holding, in FundingRate rate)
    {
        if (holding.Quantity == 0) return;
        var value = Scaled.Value(holding.Quantity, Scaled.Price(rate.MarkPrice ?? holding.Mark));
        var payment = -Scaled.Share(value, rate.Rate);
        holding.Account.Add(payment);
        holding.Funding += payment;
        Total += payment;
    }
}
