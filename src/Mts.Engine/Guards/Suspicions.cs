using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>What the rounds found, by kind.</summary>
internal sealed class Suspicions
{
    private readonly List<GuardEvidence> ahead = [];
    private readonly List<GuardEvidence> macro = [];
    private readonly List<GuardEvidence> unsteady = [];
    private string aheadWords = "";
    private string unsteadyWords = "";

    /// <summary>Other decisions where the bars to come were hidden.</summary>
    public void Ahead(GuardEvidence evidence)
    {
        if (ahead.Count == 0) aheadWords = $"looks ahead: {Told(evidence)} where the bars to come were hidden";
        ahead.Add(evidence);
    }

    /// <summary>Knowledge of the true market in another one.</summary>
    public void Elsewhere(string words, string strategy, Timestamp time)
    {
        if (ahead.Count == 0) aheadWords = $"strategy {strategy} knows the market from elsewhere: {words}";
        ahead.Add(new GuardEvidence(time, strategy, null, words, "an honest strategy foretells nothing", 1));
    }

    /// <summary>Other decisions where macro observations were hidden that were not known yet.</summary>
    public void EarlyMacro(GuardEvidence evidence) => macro.Add(evidence);

    /// <summary>Twice the same, and other decisions.</summary>
    public void Shaky(GuardEvidence evidence) => Unsteady(evidence, "does not decide alike on the same bars: it draws without a seed, reads a clock, or keeps something from run to run");

    /// <summary>Other decisions in a later run.</summary>
    public void Kept(GuardEvidence evidence) => Unsteady(evidence, "decides otherwise when it is run again on the same bars: it keeps something from one run to the next");

    public GuardFinding LookAhead(int instants) =>
        ahead.Count > 0 ? new GuardFinding(GuardVerdict.Fail, aheadWords, ahead)
        : unsteady.Count > 0 ? GuardFinding.Unknown("cannot be told of a strategy that does not decide alike twice")
        : instants == 0 ? GuardFinding.Unknown("no instant could be looked at") : GuardFinding.Pass;

    /// <param name="isRead">Whether the run has anything that becomes known late.</param>
    public GuardFinding Macro(bool isRead) =>
        macro.Count > 0 ? new GuardFinding(GuardVerdict.Fail, $"reads what was not known yet: {Told(macro[0])} where macro observations or funding rates were hidden before their time", macro)
        : !isRead ? GuardFinding.Unknown("the run has no macro series and no funding")
        : unsteady.Count > 0 ? GuardFinding.Unknown("cannot be told of a strategy that does not decide alike twice") : GuardFinding.Pass;

    public GuardFinding Determinism() => unsteady.Count > 0 ? new GuardFinding(GuardVerdict.Fail, unsteadyWords, unsteady) : GuardFinding.Pass;

    private void Unsteady(GuardEvidence evidence, string words)
    {
        if (unsteady.Count == 0) unsteadyWords = $"strategy {evidence.Strategy} {words}; the first time at {evidence.Time}: {evidence.Plain}, then {evidence.Changed}";
        unsteady.Add(evidence);
    }

    private static string Told(GuardEvidence e) => $"{(e.Strategy.Length > 0 ? $"strategy {e.Strategy}" : "a strategy")} decided at {e.Time}{(e.Symbol is null ? "" : $" on {e.Symbol}")} {e.Plain}, but {e.Changed}";
}
