using Mts.Core.Signals;

namespace Mts.Strategies.SmaCross;

/// <summary>The two means at a moment.</summary>
internal sealed class MeanReason(int fast, double fastMean, int order, int slow, double slowMean) : Wording
{
    // The order is the exact one; the means are rounded.
    protected override string Word() =>
        $"SMA{fast} {Math.Round(fastMean, 8)} {order switch { > 0 => "above", < 0 => "below", _ => "equal to" }} SMA{slow} {Math.Round(slowMean, 8)}";
}
