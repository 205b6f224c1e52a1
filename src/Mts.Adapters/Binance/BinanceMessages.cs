using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>Reads what Binance's streams bring, spot or perpetual, and tells the sink.</summary>
/// <remarks>
/// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams,
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams.
/// </remarks>
internal sealed partial class BinanceMessages(MarketKind market, InstrumentTable instruments, FrameBuffers buffers)
{
    private readonly bool isUsdm = market == MarketKind.Perpetual;

    /// <param name="view">The frame.</param>
    /// <param name="data">The message in it, without its envelope.</param>
    /// <param name="sink">Takes what it brings.</param>
    public FrameVerdict Read(ref FrameView view, int data, IMarketSink sink)
    {
        // Coin-margined contracts share the streams since June 2026; their sizes are contracts.
        if (isUsdm && view.Find(data, "st"u8) is >= 0 and var kind && view.Integer(kind) == 2 && view.Problem is null) return FrameVerdict.Control;
        if (view.Problem is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        var name = view.Find(data, "e"u8);
        if (name < 0) return IsBareQuote(ref view, data) ? Quote(ref view, data, sink) : Unknown;
        if (view.Is(name, "depthUpdate"u8)) return Depth(ref view, data, sink);
        if (view.Is(name, "bookTicker"u8)) return Quote(ref view, data, sink);
        if (view.Is(name, "aggTrade"u8)) return Trade(ref view, data, "a"u8, sink);
        if (view.Is(name, "trade"u8)) return Trade(ref view, data, "t"u8, sink);
        if (view.Is(name, "kline"u8)) return Bar(ref view, data, sink);
        if (isUsdm && view.Is(name, "markPriceUpdate"u8)) return Mark(ref view, data, sink);
        if (isUsdm && view.Is(name, "forceOrder"u8)) return Liquidation(ref view, data, sink);
        return Unknown;
    }

    private static FrameVerdict Unknown => FrameVerdict.Dead(StreamRef.Connection, FrameProblem.UnknownKind);

    // Spot's best quotes are the one message that does not say what it is.
    private static bool IsBareQuote(ref FrameView view, int data) => view.Find(data, "B"u8) >= 0 && view.Find(data, "A"u8) >= 0;

    /// <returns>False, with the problem in the view, where the market is not named or not known.</returns>
    private bool TryInstrument(ref FrameView view, int node, out int instrument)
    {
        instrument = -1;
        var name = view.Text(node, "s"u8);
        if (view.Problem is not null || buffers.Names.TryFind(name, out instrument)) return view.Problem is null;
        instrument = instruments.Find(name);
        if (instrument < 0) view.Fail(FrameProblem.UnknownSymbol);
        else buffers.Names.Add(name, instrument);
        return instrument >= 0;
    }
}
