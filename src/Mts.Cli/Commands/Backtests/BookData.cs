using Mts.Cli.Live;
using Mts.Core.Quality;
using Mts.Engine;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Loads what a run inside recorded books reads: tapes, and bars of their trades.</summary>
/// <param name="session">Where the assets are.</param>
/// <param name="files">Recordings, or journals of our own.</param>
/// <param name="venue">Null for all of a journal.</param>
/// <param name="market"><c>spot</c> or <c>perp</c>; null for both of a journal.</param>
/// <param name="interval">Of the bars.</param>
internal sealed class BookData(Session session, IReadOnlyList<string> files, string? venue, string? market, Interval interval)
{
    /// <param name="symbols">Assets or markets; the only one of the recording where there are none.</param>
    /// <param name="range">As asked.</param>
    /// <param name="warmUp">Bars before the start.</param>
    /// <param name="macro">Macro series that the strategies need.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BacktestDataException">A market is not in the recording, has no book that is ever right, no trades, or no bar in the range.</exception>
    public (BacktestInputs Inputs, IReadOnlyList<string> Warnings, IReadOnlyList<SeriesQuality> Quality) Load(
        IReadOnlyList<string> symbols, RunRange range, int warmUp, IReadOnlyList<string> macro, CancellationToken cancellationToken)
    {
        var recorded = Read(symbols, cancellationToken);
        var chosen = symbols.Count == 0 ? [Only(recorded)] : symbols.Select(s => Choose(recorded, s)).Distinct().ToList();
        var data = chosen.ConvertAll(Data);
        var cut = data.ConvertAll(d => RunData.Cut(d.Series, range.Start is { } s ? RunData.Before(d.Series, s, warmUp) : Timestamp.MinValue, range.End ?? Timestamp.MaxValue));
        if (cut.Find(c => c.Length == 0) is { } empty) throw new BacktestDataException($"the recording of {empty.Key.Symbol} holds no {interval} bar in the range asked for; choose a shorter --interval or another range.");
        var (start, end) = range.Resolve(cut);
        // What one market has beyond the range that all have is left out.
        cut = cut.ConvertAll(c => RunData.Cut(c, Timestamp.MinValue, end));
        var inputs = new BacktestInputs { Instruments = [.. data.Select((d, i) => d with { Series = cut[i] })], Macro = RunData.MacroBesideFile(session, macro, end), Start = start, End = end };
        var name = string.Join(", ", files.Select(f => Path.GetFileName(Path.TrimEndingDirectorySeparator(f))));
        return (inputs, [.. chosen.Zip(data).SelectMany(m => WarningsOf(m.First, m.Second))], [.. cut.Select(c => RunQuality.OfFile(null, name, c, start, end))]);
    }

    private RecordedMarkets Read(IReadOnlyList<string> symbols, CancellationToken cancellationToken)
    {
        var wanted = symbols.Select(s => Markets.Known(session.Assets, s)).ToList();
        var markets = new RecordedMarkets(interval, m => IsAsked(m) && (wanted.Count == 0 || wanted.Exists(w => Is(w, m.Symbol))));
        new RecordedFrames([.. files.Select(f => Path.GetFullPath(f, session.Host.CurrentDirectory))], venue, market, markets).Run(cancellationToken);
        return markets;
    }

    private bool IsAsked(FollowedMarket m) => (venue is null || m.Venue == venue) && (market is null || m.Symbol.IsPerpetual == (market == "perp"));

    // BTC is any market of it; BTC/USDT among perpetuals is the perpetual.
    private bool Is((Asset? Asset, Symbol? Market) name, Symbol symbol) => name.Market is { } exact
        ? exact == symbol || (market is not null && exact.Compact == symbol.Compact)
        : string.Equals(name.Asset!.Ticker, symbol.Base, StringComparison.OrdinalIgnoreCase);

    private static RecordedMarket Only(RecordedMarkets recorded) => recorded.Wanted.Count == 1
        ? recorded.Wanted.First()
        : throw new BacktestDataException(recorded.Wanted.Count == 0 ? $"the recording has no such market; {There(recorded)}." : $"the recording has {string.Join(", ", Names(recorded))}; choose with --symbols.");

    private RecordedMarket Choose(RecordedMarkets recorded, string text)
    {
        var name = Markets.Known(session.Assets, text);
        return recorded.Wanted.Where(m => Is(name, m.Symbol)).ToList() switch
        {
            [var one] => one,
            [] => throw new BacktestDataException($"the recording has no market {text}; {There(recorded)}."),
            var many => throw new BacktestDataException($"{text} may be {string.Join(" or ", many.Select(m => $"{m.Venue} {m.Symbol}"))}; write the market itself, or give --venue and --market."),
        };
    }

    private static string There(RecordedMarkets recorded) => Names(recorded).Concat(recorded.Others).ToList() is { Count: > 0 } names ? $"there is {string.Join(", ", names.Take(8))}" : "there is none that can be read as it; see --venue and --market";

    private static IEnumerable<string> Names(RecordedMarkets recorded) => recorded.Wanted.Select(m => $"{m.Venue} {m.Symbol}");

    private InstrumentData Data(RecordedMarket m)
    {
        var tape = m.Tape();
        if (tape.Updates == 0) throw new BacktestDataException($"the recording of {m.Venue} {m.Symbol} has no order book that is ever VALID: its depth, or the snapshot that it starts from, is missing. `mts replay` tells more.");
        if (tape.Trades == 0) throw new BacktestDataException($"the recording of {m.Venue} {m.Symbol} has no trades, and without them nobody is served; record the channel `trade` too.");
        var bars = m.Bars();
        if (bars.Length == 0) throw new BacktestDataException($"the recording of {m.Venue} {m.Symbol} from {m.First} to {m.Last} holds no whole {interval} bar; choose a shorter --interval.");
        var asset = session.Assets.All.FirstOrDefault(a => a.Ticker == m.Symbol.Base)?.Id ?? m.Symbol.Base.ToLowerInvariant();
        return new InstrumentData(asset, bars) { Tape = tape };
    }

    private static IEnumerable<string> WarningsOf(RecordedMarket m, InstrumentData data)
    {
        if (data.Tape!.Losses > 0) yield return $"{m.Symbol}: the recorded book was not VALID {data.Tape.Losses} times; nothing filled meanwhile, and places in queues were lost";
        if (m.TradeGaps > 0) yield return $"{m.Symbol}: trades are missing from the recording in {m.TradeGaps} places; what traded there served nobody";
        if (m.LateTrades > 0) yield return $"{m.Symbol}: {m.LateTrades} trades were recorded late and are left out";
    }
}
