using System.Globalization;

namespace Mts.IntegrationTests.Cli;

/// <summary>A clock that runs faster than time, the same in several processes.</summary>
/// <param name="start">What it says at <paramref name="origin"/>.</param>
/// <param name="origin">A moment of the machine's clock.</param>
/// <param name="speed">Its seconds in one second.</param>
internal sealed class FastClock(DateTimeOffset start, DateTimeOffset origin, int speed) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public static FastClock Parse(string text) => text.Split('|') is [var start, var origin, var speed]
        ? new FastClock(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), DateTimeOffset.Parse(origin, CultureInfo.InvariantCulture), int.Parse(speed, CultureInfo.InvariantCulture))
        : throw new FormatException(text);

    public override string ToString() => $"{start:O}|{origin:O}|{speed}";

    public override DateTimeOffset GetUtcNow() => start + ((System.GetUtcNow() - origin) * speed);

    public override long GetTimestamp() => System.GetTimestamp() * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)), this);

    private TimeSpan Scale(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / speed;

    private sealed class FastTimer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scale(dueTime), clock.Scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
