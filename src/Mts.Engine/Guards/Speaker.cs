namespace Mts.Engine.Guards;

/// <summary>A strategy on one market.</summary>
/// <param name="Instrument">Index in the run.</param>
/// <param name="Strategy">Its name.</param>
internal sealed record Speaker(int Instrument, string Strategy);
