using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Makes bars of trades, one trade at a time. A bar ends with the instant in which it becomes full: nobody can act between two trades of one instant, and so bars never meet in one.</summary>
public sealed class TradeBarBuilder
{
    private readonly TradeBarKind kind;
    private readonly decimal size;
    private readonly RenkoBricks bricks;
    private decimal filled;
    private long moved;
    private bool isFull;
    private TradeBar open;
    private decimal volume;
    private decimal high;
    private decimal low;
    private decimal close;

    /// <param name="kind">What fills a bar.</param>
    /// <param name="size">How much of it.</param>
    /// <exception cref="ConfigurationException">The size is out of range, or no whole number of trades.</exception>
    public TradeBarBuilder(TradeBarKind kind, decimal size)
    {
        if (size is < 0.00000001m or > 1_000_000_000_000m || (kind == TradeBarKind.Tick && size != decimal.Truncate(size)))
            throw new ConfigurationException($"a size of {size:0.############} makes no {kind.ToString().ToLowerInvariant()} bars; it must lie between 0.00000001 and 10^12{(kind == TradeBarKind.Tick ? " and be whole" : "")}.");
        (this.kind, this.size) = (kind, size);
        bricks = new RenkoBricks(size);
    }

    /// <summary>Trades of the bar under way; 0 before the first.</summary>
    public long Waiting => open.Trades;

    /// <param name="trade">Not before the one before it.</param>
    /// <param name="closed">The bar that was full before this trade; the trade is the first one of the next.</param>
    /// <exception cref="ArgumentException">The trade is older than the one before it.</exception>
    public bool TryAdd(in PublicTrade trade, out TradeBar closed)
    {
        if (open.Trades > 0 && trade.Time < open.CloseTime) throw new ArgumentException($"Trades must not go back in time: {trade.Time} follows {open.CloseTime}.", nameof(trade));
        closed = default;
        var isClosed = isFull && trade.Time > open.CloseTime;
        if (isClosed) closed = Close();
        Take(trade);
        return isClosed;
    }

    private void Take(in PublicTrade trade)
    {
        if (open.Trades == 0)
        {
            open = new TradeBar(new Bar(trade.Time, (double)trade.Price, 0, 0, 0, 0), trade.Time, 0, 0);
            (high, low) = (trade.Price, trade.Price);
        }

        (high, low, close) = (Math.Max(high, trade.Price), Math.Min(low, trade.Price), trade.Price);
        volume += trade.Quantity;
        open = open with { CloseTime = trade.Time, Trades = open.Trades + trade.Count, QuoteVolume = open.QuoteVolume + (trade.Price * trade.Quantity) };
        Fill(trade);
    }

    private void Fill(in PublicTrade trade)
    {
        if (kind == TradeBarKind.Renko)
        {
            var steps = bricks.Move(trade.Price);
            moved += steps;
            isFull |= steps != 0;
            return;
        }

        filled += kind switch { TradeBarKind.Tick => trade.Count, TradeBarKind.Volume => trade.Quantity, _ => trade.Price * trade.Quantity };
        isFull = filled >= size;
    }

    private TradeBar Close()
    {
        var bar = open with { Bar = open.Bar with { High = (double)high, Low = (double)low, Close = (double)close, Volume = (double)volume } };
        if (kind == TradeBarKind.Renko) bar = bar with { Bricks = moved, Level = bricks.Level };
        (open, filled, moved, volume, isFull) = (default, 0, 0, 0, false);
        return bar;
    }
}
