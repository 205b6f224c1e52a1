namespace Mts.Core.Analysis;

/// <param name="Kind">What is judged: <c>sentiment</c>, <c>fear_momentum</c>, <c>dollar</c>, <c>yields</c>, <c>policy_rate</c>, <c>credit</c>, <c>money_market</c>.</param>
/// <param name="Name">The verdict in snake case, <c>extreme_fear</c>.</param>
/// <param name="IsNotable">Whether it stands out of the usual.</param>
/// <param name="Reason">The figure behind it.</param>
public sealed record MacroRegime(string Kind, string Name, bool IsNotable, string Reason);
