namespace Mts.Strategies.MultiBucket;

/// <summary>What one bucket wants of one coin.</summary>
/// <param name="Weight">Fraction of equity, negative for a short, leverage included.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Words">In words and numbers.</param>
/// <param name="Target">Price at which the view has come true; null for none.</param>
internal sealed record BucketView(double Weight, double Confidence, string Words, double? Target = null);
