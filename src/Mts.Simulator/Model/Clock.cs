namespace Mts.Simulator.Model;

/// <summary>The units of the model's time: Unix milliseconds, and days counted from 1970-01-01.</summary>
internal static class Clock
{
    public const long Second = 1_000;
    public const long Minute = 60_000;
    public const long Hour = 3_600_000;
    public const long Day = 86_400_000;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static long NowMs(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static int DayOf(long ms) => (int)FloorDiv(ms, Day);

    public static int DayOf(DateOnly date) => date.DayNumber - Epoch;

    public static DateOnly DateOf(int day) => DateOnly.FromDayNumber(day + Epoch);

    public static long FloorDiv(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
