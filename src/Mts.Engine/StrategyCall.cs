using Mts.Core.Market;

namespace Mts.Engine;

/// <summary>A strategy that has been asked and has not answered yet.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Time">The instant of the run.</param>
/// <param name="Where">Which bar of which series, in words.</param>
/// <param name="Run">Tells the runs apart that are watched together.</param>
public sealed record StrategyCall(string Strategy, Timestamp Time, string Where, long Run = 0)
{
    /// <summary>The parameters of the trial of a search; empty where it is none.</summary>
    public string With { get; init; } = "";

    /// <summary>When and where, in words; there is no time before the first bar.</summary>
    public string Moment => Time == default ? Where : $"at {Time}, {Where}";
}
