using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>The signals of one market: spread, what is offered, and how much the price moves.</summary>
internal sealed class MarketSignals(Instrument instrument, RealtimeSignalOptions options, SignalNumbers numbers, IRealtimeSignalListener listener)
{
    public const int Levels = 5;

    private readonly CloseVolatility volatility = new();
    private readonly RealtimeSignal?[] standing = new RealtimeSignal?[Enum.GetValues<RealtimeSignalKind>().Length];
    private double? offered;
    private Timestamp measured;

    /// <summary>The book has changed and is valid.</summary>
    public void OnBook(OrderBook book, bool isKnown, Timestamp now)
    {
        LookAtSpread(book, now);
        if (isKnown && (offered is null || now - measured >= options.VolumeEvery)) LookAtVolume(book, now);
    }

    /// <summary>What was measured before cannot be compared with what comes after.</summary>
    public void OnBookLost() => offered = null;

    /// <param name="bar">Closed, one minute.</param>
    /// <param name="now">When it was received.</param>
    public void OnBar(in Bar bar, Timestamp now)
    {
        if (volatility.Add(bar) is not { } value) return;
        var time = bar.OpenTime + CloseVolatility.Length;
        listener.OnVolatility(new VolatilityPoint(instrument, time, value));
        var percent = value * 100;
        if (percent <= options.VolatilityPercent || now >= time + options.Life) return;
        var excess = percent / options.VolatilityPercent;
        Tell(RealtimeSignalKind.Volatility, StrengthLevels.Of(excess, 3, 2), Math.Min(excess / 4, 1), percent, bar.Close, time, "volatility of a quarter of an hour", options.VolatilityPercent);
    }

    private void LookAtSpread(OrderBook book, Timestamp now)
    {
        var (bid, ask) = (book.Scale.PriceToDouble(book.Bids.BestPrice), book.Scale.PriceToDouble(book.Asks.BestPrice));
        var percent = (ask - bid) / bid * 100;
        if (percent <= options.SpreadPercent) return;
        Tell(RealtimeSignalKind.SpreadAnomaly, percent > 0.2 ? StrengthLevel.Moderate : StrengthLevel.Weak, Math.Min(percent / 0.5, 1), percent, (bid + ask) / 2, now, "spread over bid", options.SpreadPercent);
    }

    private void LookAtVolume(OrderBook book, Timestamp now)
    {
        var before = offered;
        var sum = Sum(book.Bids, book.Scale) + Sum(book.Asks, book.Scale);
        (offered, measured) = (sum, now);
        if (before is not { } last) return;
        var percent = (sum - last) / last * 100;
        if (percent <= options.VolumePercent) return;
        Tell(RealtimeSignalKind.VolumeSpike, StrengthLevels.Of(percent, 200, 100), Math.Min(percent / (2 * options.VolumePercent), 1), percent, book.Mid!.Value, now, "growth of the best five levels", options.VolumePercent);
    }

    // While a signal counts, another one of its kind says something new only if it is stronger.
    private void Tell(RealtimeSignalKind kind, StrengthLevel strength, double confidence, double percent, double price, Timestamp time, string what, double limit)
    {
        if (standing[(int)kind] is { } last && last.StandsAt(time) && strength <= last.Strength) return;
        var signal = new RealtimeSignal
        {
            Id = numbers.NextId(kind, instrument.ToString(), time),
            Kind = kind,
            Instrument = instrument,
            Strength = strength,
            Confidence = confidence,
            Percent = percent,
            Price = price,
            Time = time,
            Expires = time + options.Life,
            Reason = FormattableString.Invariant($"{what} {percent:0.####} %, above {limit:0.####} %"),
        };
        standing[(int)kind] = signal;
        numbers.Pass(signal);
    }

    private static double Sum(BookSide side, NumberScale scale)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(Levels, side.Count); i++) sum += scale.SizeToDouble(side[i].Size);
        return sum;
    }
}
