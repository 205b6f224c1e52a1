namespace Mts.Simulator.Faults;

/// <summary>What can go wrong between a service and its client.</summary>
public enum FaultKind
{
    /// <summary>429 in the service's own shape.</summary>
    TooManyRequests,

    /// <summary>500, 502, 503 or 504.</summary>
    ServerError,

    /// <summary>A web page with status 200.</summary>
    Html200,

    /// <summary>The right answer, dripping.</summary>
    Slow,

    /// <summary>The answer breaks off in the middle and the connection is closed.</summary>
    Truncate,

    /// <summary>Half the answer, with a length that says it is all.</summary>
    Short,

    /// <summary>The connection is reset before any answer.</summary>
    Reset,

    /// <summary>Status 200 and bytes that mean nothing.</summary>
    Garbage,

    /// <summary>Status 200 and nothing.</summary>
    Empty,

    /// <summary>A depth message is not sent.</summary>
    DropDiff,

    /// <summary>A depth message is sent twice.</summary>
    DuplicateDiff,

    /// <summary>A depth message is sent again after later ones.</summary>
    ReplayDiff,

    /// <summary>A depth message changes places with the next.</summary>
    ReorderDiff,

    /// <summary>A depth message comes late, after others.</summary>
    DelayDiff,

    /// <summary>One stream falls silent; pings and the other streams go on.</summary>
    MuteStream,

    /// <summary>Nothing comes any more and nothing is heard, and the socket stays.</summary>
    HalfOpen,

    /// <summary>The connection is reset in the middle of a message.</summary>
    CutFrame,

    /// <summary>A message drips, a few bytes at a time.</summary>
    SlowFrame,

    /// <summary>Everything on the connection comes seconds late, also after a newer connection has begun.</summary>
    LateFrames,

    /// <summary>The notice of a shutdown, then the end.</summary>
    ShutdownNotice,

    /// <summary>The connection is closed as after its longest life.</summary>
    ConnectionEnd,

    /// <summary>A message that is not JSON.</summary>
    GarbageJson,

    /// <summary>A message of the right shape with wrong types.</summary>
    GarbageTypes,

    /// <summary>A message with numbers beyond all bounds.</summary>
    GarbageNumbers,

    /// <summary>A message of an event that nobody knows.</summary>
    GarbageEvent,

    /// <summary>A binary message.</summary>
    GarbageBinary,

    /// <summary>A trade is sent twice.</summary>
    DuplicateTrade,

    /// <summary>A trade is not sent; REST has it.</summary>
    TradeGap,

    /// <summary>Update ids are jumped over.</summary>
    SkippedIds,

    /// <summary>A bid above the best ask, with right ids.</summary>
    CrossedBook,

    /// <summary>A quantity that is not the true one, with right ids.</summary>
    WrongLevel,

    /// <summary>One side of the market is empty for a while.</summary>
    EmptySide,

    /// <summary>A hundred times as many orders for a while.</summary>
    Burst,

    /// <summary>Bybit sends a new snapshot in the middle of its deltas.</summary>
    NewSnapshot,

    /// <summary>Bybit begins to count at u = 1 again, with a snapshot.</summary>
    Restart,

    /// <summary>A bar that is still open is flagged as closed.</summary>
    OpenBarClosed,

    /// <summary>The venue's clock is off for a while.</summary>
    ClockOffset,

    /// <summary>An upgrade is answered by a reset.</summary>
    RefuseUpgrade,

    /// <summary>An upgrade is answered by 429 with Retry-After.</summary>
    Upgrade429,

    /// <summary>An upgrade is answered by 503.</summary>
    Upgrade503,

    /// <summary>An upgrade is answered by a web page.</summary>
    UpgradeHtml,

    /// <summary>A connection is accepted and closed at once.</summary>
    AcceptAndClose,

    /// <summary>A subscription works and is not acknowledged.</summary>
    AckMissing,

    /// <summary>One of the streams of a subscription is answered by an error and not delivered.</summary>
    AckError,

    /// <summary>A depth snapshot by REST is older than the stream.</summary>
    StaleSnapshot,

    /// <summary>A depth snapshot is answered by 429.</summary>
    Snapshot429,

    /// <summary>A depth snapshot is answered by a ban: 418 at Binance, 403 at Bybit.</summary>
    Snapshot418,

    /// <summary>A depth snapshot is answered by 500, 502, 503 or 504.</summary>
    Snapshot5xx,

    /// <summary>A depth snapshot is answered by a web page with status 200.</summary>
    SnapshotHtml,
}
