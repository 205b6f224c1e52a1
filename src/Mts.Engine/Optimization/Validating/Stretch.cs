using Mts.Core.Market;

namespace Mts.Engine.Optimization.Validating;

/// <param name="Start">First instant, midnight UTC unless it is that of the data.</param>
/// <param name="End">Its end.</param>
public sealed record Stretch(Timestamp Start, Timestamp End)
{
    public double Days => (End - Start).TotalDays;
}
