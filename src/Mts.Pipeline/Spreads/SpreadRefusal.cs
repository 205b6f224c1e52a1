namespace Mts.Pipeline.Spreads;

/// <summary>Why a pair of markets was not looked at.</summary>
public enum SpreadRefusal
{
    /// <summary>A book is empty, or a side of it.</summary>
    Empty,

    /// <summary>A book is being put together.</summary>
    Syncing,

    /// <summary>A book's stream is silent or gone.</summary>
    Stale,

    /// <summary>A book has proved wrong.</summary>
    Invalid,

    /// <summary>A book may be older than allowed.</summary>
    TooOld,

    /// <summary>No fee is configured for a market.</summary>
    NoFee,

    /// <summary>What funding a perpetual will pay is not known.</summary>
    FundingUnknown,

    /// <summary>The best prices differ by more than one thing of that name can.</summary>
    Implausible,
}
