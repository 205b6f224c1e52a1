using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <summary>Reads what Bybit's topics bring and tells the sink; for one connection, because a ticker's fields are kept from message to message.</summary>
/// <remarks>https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook and its siblings.</remarks>
internal sealed partial class BybitMessages(MarketKind market, int bookDepth, InstrumentTable instruments, FrameBuffers buffers)
{
    private const int MostName = 40;

    /// <param name="view">The frame.</param>
    /// <param name="topicNode">Its topic.</param>
    /// <param name="sink">Takes what it brings.</param>
    public FrameVerdict Read(ref FrameView view, int topicNode, IMarketSink sink)
    {
        var topic = view.Text(topicNode);
        if (view.Problem is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        var dot = topic.LastIndexOf((byte)'.');
        if (dot < 0) return Refused(FrameProblem.UnknownKind);
        var kind = topic[..dot];
        var name = topic[(dot + 1)..];
        // Spot's tickers bring neither quotes nor mark prices.
        if (market == MarketKind.Spot && kind.SequenceEqual("tickers"u8)) return FrameVerdict.Control;
        if (ChannelOf(kind) is not { } channel) return Refused(FrameProblem.UnknownKind);
        var instrument = InstrumentOf(name);
        if (instrument < 0) return Refused(FrameProblem.UnknownSymbol);
        return channel switch
        {
            Channel.Depth => Book(ref view, kind, name, instrument, sink),
            Channel.Trade => Trades(ref view, name, instrument, sink),
            Channel.Bar => Bars(ref view, kind, instrument, sink),
            Channel.Mark => Mark(ref view, name, instrument, sink),
            _ => Liquidations(ref view, name, instrument, sink),
        };
    }

    private static FrameVerdict Refused(string problem) => FrameVerdict.Dead(StreamRef.Connection, problem);

    private Channel? ChannelOf(ReadOnlySpan<byte> kind)
    {
        if (kind.StartsWith("orderbook."u8)) return Channel.Depth;
        if (kind.SequenceEqual("publicTrade"u8)) return Channel.Trade;
        if (kind.StartsWith("kline."u8)) return Channel.Bar;
        if (market == MarketKind.Spot) return null;
        if (kind.SequenceEqual("tickers"u8)) return Channel.Mark;
        return kind.SequenceEqual("allLiquidation"u8) ? Channel.Liquidation : null;
    }

    private int InstrumentOf(ReadOnlySpan<byte> name)
    {
        if (buffers.Names.TryFind(name, out var known)) return known;
        var instrument = name.EndsWith("PERP"u8) ? InstrumentOfUsdc(name[..^4]) : instruments.Find(name);
        if (instrument >= 0) buffers.Names.Add(name, instrument);
        return instrument;
    }

    // Perpetuals settled in USDC are BTCPERP.
    private int InstrumentOfUsdc(ReadOnlySpan<byte> asset)
    {
        if (asset.Length is 0 or > MostName) return -1;
        Span<byte> name = stackalloc byte[asset.Length + 4];
        asset.CopyTo(name);
        "USDC"u8.CopyTo(name[asset.Length..]);
        return instruments.Find(name);
    }

    private static void DemandSymbol(ref FrameView view, int parent, ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
    {
        if (!view.Text(parent, field).SequenceEqual(name)) view.Fail(FrameProblem.OtherSymbol);
    }
}
