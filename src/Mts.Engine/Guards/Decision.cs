using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Guards;

/// <summary>One thing that a strategy did: a signal, an order, or an order taken back.</summary>
/// <param name="Time">The instant.</param>
/// <param name="Strategy">Its name.</param>
/// <param name="Instrument">Index in the run; below zero for none.</param>
/// <param name="Signal">Null for orders.</param>
/// <param name="Order">Null for signals.</param>
/// <param name="Cancelled">The id of an order taken back; 0 for none.</param>
internal readonly record struct Decision(Timestamp Time, string Strategy, int Instrument, Signal? Signal, OrderRequest? Order = null, long Cancelled = 0)
{
    public static Decision Of(Signal signal) => new(signal.Time, signal.Strategy, signal.Instrument, signal);

    /// <summary>Whether two decisions ask for the same; what they say about it does not count.</summary>
    public static bool Same(in Decision a, in Decision b) =>
        a.Time == b.Time && a.Instrument == b.Instrument && a.Strategy == b.Strategy && a.Cancelled == b.Cancelled && Same(a.Signal, b.Signal) && Same(a.Order, b.Order);

    public string Words()
    {
        if (Order is { } o)
            return $"{o.Side.ToString().ToUpperInvariant()} {o.Type} order of {o.Quantity?.ToString(CultureInfo.InvariantCulture) ?? Number(o.EquityFraction)}{At(" limit", (double?)o.LimitPrice)}{At(" stop", (double?)o.StopPrice)}{At(" loss", (double?)o.StopLoss)}{At(" profit", (double?)o.TakeProfit)}";
        if (Signal is not { } s) return $"cancelled order {Cancelled}";
        var sure = s.Strength == 1 && s.Confidence == 1 ? "" : $" strength {Number(s.Strength)} confidence {Number(s.Confidence)}";
        return $"{s.Direction.ToString().ToUpperInvariant()} size {Number(s.PositionSize)} at {Number(s.Price)}{At(" stop", s.Stop)}{At(" target", s.Target)}{(s.Horizon is { } horizon ? $" for {horizon}" : "")}{sure}";
    }

    private static bool Same(OrderRequest? a, OrderRequest? b) => a is null || b is null ? a is null && b is null : a with { Why = "" } == b with { Why = "" };

    private static bool Same(Signal? a, Signal? b) => a is null || b is null ? a is null && b is null
        : a.Direction == b.Direction && a.Resizes == b.Resizes && Same(a.PositionSize, b.PositionSize) && Same(a.Stop, b.Stop) && Same(a.Target, b.Target)
        && a.Horizon == b.Horizon && Same(a.Strength, b.Strength) && Same(a.Confidence, b.Confidence) && Same(a.Price, b.Price);

    private static bool Same(double? a, double? b) => a is { } x && b is { } y ? x.Equals(y) : a is null && b is null;

    private static string At(string name, double? value) => value is null ? "" : $"{name} {Number(value)}";

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
