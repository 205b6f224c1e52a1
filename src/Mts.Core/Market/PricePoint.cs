namespace Mts.Core.Market;

/// <summary>A price seen at an irregular moment: a sample, never a bar.</summary>
/// <param name="Time">When the price was seen, UTC.</param>
/// <param name="Price">Quote units.</param>
/// <param name="TrailingVolume">Volume of the trailing 24 hours where the source gives it; not the volume of any bar.</param>
public readonly record struct PricePoint(Timestamp Time, double Price, double? TrailingVolume);
