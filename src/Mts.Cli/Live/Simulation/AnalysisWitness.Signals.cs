using Mts.Core.Books;
using Mts.Core.Signals;
using Mts.Pipeline.Realtime;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <content>The signals of the moment, and the volatility behind one of them.</content>
internal sealed partial class AnalysisWitness
{
    private const int Closes = 15;
    private const int BestLevels = 5;

    private readonly Dictionary<string, Offered> offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Core.Market.Bar>> bars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> volatilities = new(StringComparer.Ordinal);

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        if (market.Book.State != BookState.Valid) return;
        var name = $"{market.Venue} {market.SymbolText}";
        if (!market.Book.IsKnownTo(BestLevels)) return;
        if (offers.TryGetValue(name, out var known) && received - known.Measured < Options.Signals.VolumeEvery) return;
        var sum = witness.Knows(market) ? Sum(witness.SightOf(new(market.Venue, market.Symbol)).Book!) : (decimal?)null;
        offers[name] = new Offered(sum, known?.Now, received);
    }

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        if (market.Book.State != BookState.Valid) offers.Remove($"{market.Venue} {market.SymbolText}");
    }

    public override void OnBar(FollowedMarket market, in Core.Market.Bar bar, bool isLate, Timestamp received)
    {
        var name = $"{market.Venue} {market.SymbolText}";
        if (!bars.TryGetValue(name, out var last)) bars[name] = last = [];
        if (last.Count > 0 && bar.OpenTime != last[^1].OpenTime + TimeSpan.FromMinutes(1)) last.Clear();
        last.Add(bar);
        volatilities.Remove(name);
        if (last.Count < Closes) return;
        var returns = last.TakeLast(Closes).Zip(last.TakeLast(Closes - 1), (a, b) => Math.Log(b.Close / a.Close)).ToList();
        volatilities[name] = Math.Sqrt(returns.Sum(r => Math.Pow(r - returns.Average(), 2)) / returns.Count) * Math.Sqrt(Closes);
    }

    public void OnSignal(RealtimeSignal signal)
    {
        witness.Add($"{signal.Id} {signal.Percent:R} {signal.Price:R} {signal.Confidence:R} {signal.Strength} {signal.Expires}");
        Kinds.Add(signal.Kind);
        if (signal.Kind == RealtimeSignalKind.Volatility)
        {
            Same(signal.Instrument, "volatility in percent", signal.Percent, volatilities.GetValueOrDefault(signal.Instrument.ToString()) * 100);
            Signals++;
            return;
        }

        if (Sound(signal.Instrument, "a signal", mayBeOld: signal.Kind != RealtimeSignalKind.Arbitrage) is not { } book) return;
        Signals++;
        var (bid, ask) = (book.Bids[0].Price, book.Asks[0].Price);
        switch (signal.Kind)
        {
            case RealtimeSignalKind.SpreadAnomaly:
                Same(signal.Instrument, "spread in percent", signal.Percent, (double)((ask - bid) / bid * 100));
                Same(signal.Instrument, "signal's price", signal.Price, (double)((bid + ask) / 2));
                break;
            case RealtimeSignalKind.VolumeSpike when offers.TryGetValue(signal.Instrument.ToString(), out var offered) && offered is { Now: { } now, Before: { } before }:
                Same(signal.Instrument, "growth in percent", signal.Percent, (double)((now - before) / before * 100));
                Same(signal.Instrument, "signal's price", signal.Price, (double)((bid + ask) / 2));
                break;
            case RealtimeSignalKind.Arbitrage when Sound(signal.Other!, "a signal") is { } sell:
                Compare(signal, Reference(KindOf(signal), signal.Instrument, signal.Other!, book, sell));
                break;
        }
    }

    public void OnVolatility(in VolatilityPoint volatility)
    {
        witness.Add($"{volatility.Instrument} {volatility.Time} {volatility.Value:R}");
        if (!volatilities.TryGetValue(volatility.Instrument.ToString(), out var expected)) witness.Violate($"{volatility.Instrument} has a volatility without {Closes} minutes in a row");
        else Same(volatility.Instrument, "volatility", volatility.Value, expected);
    }

    private void Compare(RealtimeSignal signal, ReferenceExecution reference)
    {
        var best = reference.Best(Options.MinPercent / 100, Options.MaxNotional);
        var percent = best is { } b ? b.Net / reference.Bought(b.Size) * 100 : 0;
        // Sizes of equal profit may be told either way; what they return differs no more than the last level of a book.
        if (best is null || Math.Abs(percent - signal.Percent) > 1e-4) witness.Violate($"{signal.Id} says {signal.Percent:R} % net, by the venues' books it is {percent:R}");
    }

    private static Core.Spreads.PairKind KindOf(RealtimeSignal signal) => (signal.Instrument.Symbol.IsPerpetual, signal.Other!.Symbol.IsPerpetual) switch
    {
        (false, false) => Core.Spreads.PairKind.Spot,
        (true, true) => Core.Spreads.PairKind.Perpetual,
        _ => Core.Spreads.PairKind.Basis,
    };

    private static decimal Sum(ReferenceBook book) => book.Bids.Take(BestLevels).Concat(book.Asks.Take(BestLevels)).Sum(l => l.Size);

    /// <param name="Now">What the best levels offered when it was measured last; null where it is not known.</param>
    /// <param name="Before">The time before.</param>
    /// <param name="Measured">When.</param>
    private sealed record Offered(decimal? Now, decimal? Before, Timestamp Measured);
}
