using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>What has happened to the orders of a run: for the strategies, and for the result.</summary>
internal sealed class OrderLog(IReadOnlyList<string> symbols)
{
    private readonly List<(OrderReport Report, IStrategy Strategy)> news = [];
    private readonly List<OrderReport> reports = [];
    private readonly List<UnfilledOrder> unfilled = [];
    private readonly int[] ends = new int[Enum.GetValues<OrderState>().Length];

    /// <summary>Bracket orders included.</summary>
    public long Submitted { get; set; }

    /// <summary>Whether something has happened that the strategies were not told of.</summary>
    public bool HasNews => news.Count > 0;

    /// <summary>Everything, oldest first.</summary>
    public IReadOnlyList<OrderReport> Reports => reports;

    public void Report(Ticket t, OrderState state, WideInt quantity, decimal? price, long time, string rule, Wording reason)
    {
        reports.Add(new OrderReport(t.Id, t.Parent?.Id, t.Request, state, Scaled.ToDecimal(quantity), price, new Timestamp(time), rule, reason));
        news.Add((reports[^1], t.Strategy));
    }

    public void Count(OrderState end) => ends[(int)end]++;

    public void NotFilled(Ticket ticket, OrderState state, long time, string rule, string reason) =>
        unfilled.Add(Unfilled(ticket, state, new Timestamp(time), rule, reason));

    /// <summary>Tells strategies what they were not told yet; what comes of what they do then is told with the next slice.</summary>
    public void Tell(IStrategyContext context, Func<IStrategy, IStrategy> speak)
    {
        for (var count = news.Count; count > 0; count--)
        {
            var (report, strategy) = news[0];
            news.RemoveAt(0);
            if (strategy is not IOrderListener listener) continue;
            speak(strategy);
            listener.OnOrder(report, context);
        }
    }

    /// <summary>What was ordered in a warm-up does not count.</summary>
    public void Forget()
    {
        unfilled.Clear();
        Array.Clear(ends);
        Submitted = 0;
    }

    /// <param name="working">At the end of the run.</param>
    /// <returns>Null where no orders were given.</returns>
    public OrderSummary? Summary(IReadOnlyList<Ticket> working) => Submitted == 0 ? null : new OrderSummary
    {
        Submitted = Submitted,
        Filled = ends[(int)OrderState.Filled],
        Cancelled = ends[(int)OrderState.Cancelled],
        Rejected = ends[(int)OrderState.Rejected],
        Expired = ends[(int)OrderState.Expired],
        Working = working.Count,
        Unfilled = [.. unfilled.Concat(working.Select(t => Unfilled(t, OrderState.Working, null, "end", "the run ended"))).OrderBy(u => u.Id)],
    };

    private UnfilledOrder Unfilled(Ticket t, OrderState state, Timestamp? ended, string rule, string reason) =>
        new(t.Id, t.Strategy.Name, symbols[t.Instrument], t.Request, state, Scaled.ToDecimal(t.Filled), new Timestamp(t.Submitted), ended, rule, reason);
}
