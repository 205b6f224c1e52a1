namespace Mts.UnitTests.Engine.Queues;

/// <summary>A limit order in a recording, followed in decimals: whoever cancels stood behind it.</summary>
internal sealed class RawOrder(long at, bool isBuy, decimal price, decimal quantity)
{
    private readonly Dictionary<decimal, decimal> met = [];
    private decimal left = quantity;
    private decimal ahead;

    public long At => at;

    public bool IsBuy => isBuy;

    public decimal Price => price;

    /// <summary>At its price when it joined.</summary>
    public decimal Shown
    {
        get;
        init => field = ahead = value;
    }

    public bool IsOpen => left > 0;

    public List<(long Micros, decimal Quantity)> Fills { get; } = [];

    public void Trade(long micros, decimal traded, decimal size, bool isSell)
    {
        if (isSell != isBuy || (isBuy ? traded > price : traded < price)) return;
        if (traded != price) ahead = 0;
        var served = Math.Min(ahead, size);
        ahead -= served;
        Fill(micros, size - served);
    }

    /// <param name="micros">When.</param>
    /// <param name="own">The side where it rests, best first, bids by the negative of their price.</param>
    /// <param name="other">The side that could meet it.</param>
    public void Show(long micros, SortedDictionary<decimal, decimal> own, SortedDictionary<decimal, decimal> other)
    {
        ahead = Math.Min(ahead, own.GetValueOrDefault(isBuy ? -price : price));
        foreach (var level in met.Keys.ToList()) met[level] = Math.Min(met[level], other.GetValueOrDefault(level));
        foreach (var (level, size) in other.TakeWhile(l => isBuy ? l.Key <= price : -l.Key >= price).ToList())
            met[level] = met.GetValueOrDefault(level) + Fill(micros, size - met.GetValueOrDefault(level));
    }

    private decimal Fill(long micros, decimal most)
    {
        var filled = Math.Min(left, most);
        if (filled <= 0) return 0;
        left -= filled;
        Fills.Add((micros, filled));
        return filled;
    }
}
