using Mts.Core.Signals;

namespace Mts.Strategies.SmaCross;

/// <summary>The two means at a moment.</summary>
internal sealed class MeanReason(int fast, double fastMean, int order, int slow, double slowMean) : Wording
{
    public override string Pattern => $"SMA{fast} # {Order} SMA{slow} #";

    // The exact one; the means are rounded.
    private string Order => order switch { > 0 => "above", < 0 => "below", _ => "equal to" };

    protected override string Word() => $"SMA{fast} {Math.Round(fastMean, 8)} {Order} SMA{slow} {Math.Round(slowMean, 8)}";
}
