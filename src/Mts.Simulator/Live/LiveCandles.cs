using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>A market's bars: those of the model or file up to the moment it became live, from then on those of its own trades.</summary>
internal sealed class LiveCandles(ICandles before) : ICandles
{
    /// <summary>What was before.</summary>
    public ICandles Before { get; } = before;

    public LiveMarket? Live { get; set; }

    public long FirstMs => Before.FirstMs;

    public long LastMs => Live is null ? Before.LastMs : long.MaxValue;

    public double? PriceAt(long ms)
    {
        if (Live is not { } live || ms < live.FirstMinuteMs) return Before.PriceAt(ms);
        return live.Minute(ms / Clock.Minute * Clock.Minute) is { } minute ? minute.Open : live.LastPrice;
    }

    public Candle? Bar(Span span, long openMs, long nowMs)
    {
        var end = Math.Min(span.Next(openMs), nowMs);
        // A second's bar comes from the tape of the model only: nobody streams it.
        if (Live is not { } live || end <= live.FirstMinuteMs || span.Ms == Clock.Second) return Before.Bar(span, openMs, nowMs);
        var sum = openMs < live.FirstMinuteMs ? Before.Bar(span, openMs, live.FirstMinuteMs) : null;
        for (var at = Math.Max(openMs, live.FirstMinuteMs); at < end; at += Clock.Minute)
        {
            if (live.Minute(at) is { } minute) sum = sum is not { } bar ? minute : bar.Then(minute);
        }

        return sum is { } whole ? whole with { OpenMs = openMs } : null;
    }
}
