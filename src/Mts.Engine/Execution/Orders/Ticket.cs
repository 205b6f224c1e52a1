using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>An order on its way through the venue.</summary>
internal sealed class Ticket
{
    private double best = double.NaN;

    public Ticket(long id, OrderRequest request, IStrategy strategy, long submitted, long activeFrom, Ticket? parent = null)
    {
        (Id, Request, Strategy, Submitted, ActiveFrom, Parent) = (id, request, strategy, submitted, activeFrom, parent);
        Limit = request.LimitPrice is { } limit ? (double)limit : double.NaN;
        Stop = request.StopPrice is { } stop ? (double)stop : double.NaN;
        ExpiresAt = request.GoodUntil?.Micros ?? long.MaxValue;
    }

    public long Id { get; }

    /// <summary>As it was asked for; the quantity of a bracket order grows with what its parent opens.</summary>
    public OrderRequest Request { get; set; }

    public IStrategy Strategy { get; }

    public Ticket? Parent { get; }

    public int Instrument => Request.Instrument;

    public Side Side => Request.Side;

    public long Submitted { get; }

    /// <summary>From when on prices count for it.</summary>
    public long ActiveFrom { get; }

    /// <summary>On the venue's price step; NaN without one.</summary>
    public double Limit { get; private set; }

    /// <summary>Where it is set off; NaN for a trailing stop that has not arrived.</summary>
    public double Stop { get; private set; }

    public long ExpiresAt { get; }

    /// <summary>When a cancellation that is under way arrives.</summary>
    public long CancelAt { get; set; } = long.MaxValue;

    public long EndsAt => Math.Min(ExpiresAt, CancelAt);

    /// <summary>10⁻⁸ base units; 0 until the first fill works it out.</summary>
    public WideInt Wanted { get; set; }

    public WideInt Filled { get; set; }

    /// <summary>What the bracket orders have closed again.</summary>
    public WideInt Closed { get; set; }

    /// <summary>The bracket orders that are working.</summary>
    public List<Ticket> Bracket { get; } = [];

    public bool HasArrived { get; set; }

    public bool IsTriggered { get; set; }

    /// <summary>Where the price was when it came to be inside the bar under way; null for what was there at its open.</summary>
    public double? BornAt { get; set; }

    /// <summary>The last step at whose open it was looked at.</summary>
    public long Opened { get; set; } = -1;

    /// <summary>The last step inside which it was acted on.</summary>
    public long Step { get; set; } = -1;

    public bool IsDone { get; set; }

    /// <summary>Whether all of it is known to be there, although at several prices.</summary>
    public bool IsCovered { get; set; }

    public bool IsImmediate => Request.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    /// <summary>The rule by which an immediate order ends.</summary>
    public string ImmediateRule => Request.TimeInForce == TimeInForce.FillOrKill ? "fill_or_kill" : "immediate";

    public bool IsMarket => Request.Type == OrderType.Market || (IsTriggered && Request.Type != OrderType.StopLimit);

    public bool IsLimit => Request.Type == OrderType.Limit || (IsTriggered && Request.Type == OrderType.StopLimit);

    public bool IsStop => !IsTriggered && Request.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TrailingStop;

    public bool IsTouch => !IsTriggered && Request.Type == OrderType.TakeProfit;

    public double Level => IsLimit ? Limit : Stop;

    /// <summary>Whether a falling price sets it off.</summary>
    public bool IsBelow => IsStop == (Side == Side.Sell);

    /// <summary>Moves the limit to the venue's price step, away from the market: an order is not filled beyond what it asked for.</summary>
    /// <param name="tick">10⁻⁸ quote units; 0 for none.</param>
    public void KeepToTick(long tick)
    {
        if (tick == 0 || Request.LimitPrice is not { } limit) return;
        var exact = Scaled.Amount(limit);
        var down = exact - (exact % tick);
        Limit = (double)Scaled.ToDecimal(Side == Side.Buy || down == exact ? down : down + tick);
    }

    /// <summary>A trailing stop follows the best price; the level never goes back.</summary>
    public void Follow(double price)
    {
        if (Request.Type != OrderType.TrailingStop || IsTriggered) return;
        best = double.IsNaN(best) ? price : Side == Side.Sell ? Math.Max(best, price) : Math.Min(best, price);
        var (at, sign) = ((decimal)best, (int)Side);
        var level = Request.TrailAmount is { } amount ? at + (sign * amount) : at * (1 + (sign * (decimal)Request.TrailFraction!.Value));
        Stop = (double)decimal.Round(level, 8, MidpointRounding.AwayFromZero);
    }
}
