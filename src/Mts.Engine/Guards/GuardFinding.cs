namespace Mts.Engine.Guards;

/// <param name="Verdict">In one word.</param>
/// <param name="Words">In one sentence; empty for a pass.</param>
/// <param name="Evidence">At most one per stretch and cause.</param>
public sealed record GuardFinding(GuardVerdict Verdict, string Words, IReadOnlyList<GuardEvidence> Evidence)
{
    public static GuardFinding Pass { get; } = new(GuardVerdict.Pass, "", []);

    public static GuardFinding Unknown(string words) => new(GuardVerdict.Unknown, words, []);
}
