using Mts.Core.Signals;

namespace Mts.Core.Risk;

/// <summary>What the risk policy says of a signal before it becomes an order.</summary>
public abstract record RiskDecision
{
    /// <param name="Signal">The signal, its size reduced where a limit asks for that.</param>
    /// <param name="Limits">The limits that reduced it, in words; empty for none.</param>
    public sealed record Approved(Signal Signal, IReadOnlyList<string> Limits) : RiskDecision;

    /// <param name="Signal">The signal as it was.</param>
    /// <param name="Rule">The rule that refused, by its name in the settings.</param>
    /// <param name="Reason">The figures.</param>
    public sealed record Refused(Signal Signal, string Rule, string Reason) : RiskDecision;
}
