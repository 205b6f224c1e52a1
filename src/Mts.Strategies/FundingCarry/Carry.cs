namespace Mts.Strategies.FundingCarry;

/// <summary>A perpetual and, where the run has it, the spot market of the same pair.</summary>
/// <param name="Perpetual">Index of the instrument in the run.</param>
/// <param name="Spot">Likewise; null for none.</param>
internal sealed record Carry(int Perpetual, int? Spot)
{
    public Stance PerpetualStance { get; } = new();

    public Stance SpotStance { get; } = new();
}
