using Mts.Core.Market;

namespace Mts.Engine.Sessions;

/// <summary>Gathers the bars that close at one instant. An instant is whole when every instrument has brought its bar or a later one, or when it has waited long enough.</summary>
internal sealed class SliceAssembler(int instruments, long intervalMicros, long latenessMicros)
{
    private readonly SortedDictionary<long, Gathering> waiting = [];
    private readonly long[] newest = [.. Enumerable.Repeat(long.MinValue, instruments)];
    private long taken = long.MinValue;

    /// <summary>The close of the newest bar, Unix microseconds; <see cref="long.MinValue"/> before the first one.</summary>
    public long Newest(int instrument) => newest[instrument];

    /// <param name="instrument">Index of the instrument.</param>
    /// <param name="bar">Closed.</param>
    /// <param name="now">The session's time.</param>
    public BarArrival Offer(int instrument, in Bar bar, long now)
    {
        var close = bar.OpenTime.Micros + intervalMicros;
        if (close <= taken) return BarArrival.AfterItsInstant;
        if (!waiting.TryGetValue(close, out var slice)) waiting[close] = slice = new Gathering(new Bar?[instruments]) { Since = now };
        if (slice.Bars[instrument] is not null) return BarArrival.Again;
        slice.Bars[instrument] = bar;
        newest[instrument] = Math.Max(newest[instrument], close);
        return BarArrival.InTime;
    }

    /// <summary>The oldest instant, if it is whole or its time is up.</summary>
    public bool TryTake(long now, out long close, out Bar?[] bars)
    {
        (close, bars) = (0, []);
        if (waiting.Count == 0) return false;
        var (time, slice) = waiting.First();
        if (now - slice.Since < latenessMicros && !Array.TrueForAll(newest, n => n >= time)) return false;
        waiting.Remove(time);
        (close, bars, taken) = (time, slice.Bars, time);
        return true;
    }

    /// <summary>After an interruption everything waits anew: what was missed is still to come.</summary>
    public void WaitAnew(long now)
    {
        foreach (var slice in waiting.Values) slice.Since = now;
    }

    private sealed record Gathering(Bar?[] Bars)
    {
        public long Since { get; set; }
    }
}

internal enum BarArrival
{
    InTime,

    /// <summary>The instrument's bar of this instant is there already.</summary>
    Again,

    /// <summary>The instant has been decided.</summary>
    AfterItsInstant,
}
