namespace Mts.IntegrationTests.Acceptance;

/// <summary>A clock that starts at a chosen moment and goes on from there as clocks do, so that no test meets midnight.</summary>
internal sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();

    /// <summary>A quarter past ten on an ordinary Wednesday.</summary>
    public static ShiftedClock Midweek() => new(new DateTimeOffset(2026, 3, 11, 10, 15, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(begun);
}
