using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Wire;

/// <summary>What reading a frame needs room for, used again and again; for one thread.</summary>
internal sealed class FrameBuffers
{
    public readonly WireTape Tape = new();
    public readonly KnownNames Names = new();
    public LevelChange[] Bids = new LevelChange[256];
    public LevelChange[] Asks = new LevelChange[256];
    public TradeUpdate[] Trades = new TradeUpdate[64];
    public BarUpdate[] Bars = new BarUpdate[8];
    public LiquidationUpdate[] Liquidations = new LiquidationUpdate[8];
}
