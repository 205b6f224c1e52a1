namespace Mts.Cli.Live.Simulation;

/// <summary>Our machine's two clocks: one that somebody may set, and one that nobody sets.</summary>
/// <param name="scenario">How wrong the first one is, and when it is set.</param>
/// <param name="start">The world's beginning.</param>
/// <param name="now">The true time.</param>
internal sealed class SimulatedClock(Scenario scenario, Timestamp start, Func<Timestamp> now) : TimeProvider
{
    public override long TimestampFrequency => Timestamp.MicrosPerSecond;

    public bool IsSet => scenario.ClockStep is { } step && now() >= start + step.After;

    public override long GetTimestamp() => now().Micros;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds((now() + scenario.Skew + (IsSet ? scenario.ClockStep!.Value.By : TimeSpan.Zero)).Micros);
}
