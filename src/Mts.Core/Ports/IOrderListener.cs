using Mts.Core.Trading;

namespace Mts.Core.Ports;

/// <summary>A strategy that wants to know what becomes of its orders.</summary>
public interface IOrderListener
{
    /// <summary>Called before the slice of the next instant at which bars have closed, in the order in which things happened; it may submit and cancel.</summary>
    void OnOrder(OrderReport report, IStrategyContext context);
}
