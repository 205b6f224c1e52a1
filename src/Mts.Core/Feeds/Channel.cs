namespace Mts.Core.Feeds;

/// <summary>What one stream of a market brings.</summary>
public enum Channel
{
    /// <summary>Changes of the order book, and its snapshots, streamed or fetched.</summary>
    Depth,

    /// <summary>Best bid and ask.</summary>
    Quote,

    /// <summary>Trades.</summary>
    Trade,

    /// <summary>One-minute bars, open and closed.</summary>
    Bar,

    /// <summary>Mark price and the funding rate that is building up.</summary>
    Mark,

    /// <summary>Forced closings of other people's positions.</summary>
    Liquidation,
}
