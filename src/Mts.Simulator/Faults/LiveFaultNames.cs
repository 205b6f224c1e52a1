namespace Mts.Simulator.Faults;

/// <summary>Where a fault of the live faces is decided.</summary>
internal enum FaultScope
{
    Upgrade,
    Subscribe,

    /// <summary>Each message to each listener.</summary>
    Frame,

    /// <summary>Each message of a stream, for all listeners alike.</summary>
    Stream,
    Snapshot,
}

/// <summary>The names of the live faces' faults, and where each is decided.</summary>
internal static class LiveFaultNames
{
    private static readonly (string Name, FaultKind Kind, FaultScope Scope)[] table =
    [
        ("ws-drop", FaultKind.DropDiff, FaultScope.Frame), ("ws-duplicate", FaultKind.DuplicateDiff, FaultScope.Frame), ("ws-replay", FaultKind.ReplayDiff, FaultScope.Frame),
        ("ws-reorder", FaultKind.ReorderDiff, FaultScope.Frame), ("ws-delay", FaultKind.DelayDiff, FaultScope.Frame),
        ("ws-mute", FaultKind.MuteStream, FaultScope.Frame), ("ws-half-open", FaultKind.HalfOpen, FaultScope.Frame),
        ("ws-cut", FaultKind.CutFrame, FaultScope.Frame), ("ws-drip", FaultKind.SlowFrame, FaultScope.Frame), ("ws-late", FaultKind.LateFrames, FaultScope.Frame),
        ("ws-shutdown", FaultKind.ShutdownNotice, FaultScope.Frame), ("ws-end", FaultKind.ConnectionEnd, FaultScope.Frame),
        ("ws-garbage-json", FaultKind.GarbageJson, FaultScope.Frame), ("ws-garbage-types", FaultKind.GarbageTypes, FaultScope.Frame),
        ("ws-garbage-numbers", FaultKind.GarbageNumbers, FaultScope.Frame), ("ws-garbage-event", FaultKind.GarbageEvent, FaultScope.Frame),
        ("ws-garbage-binary", FaultKind.GarbageBinary, FaultScope.Frame),
        ("ws-trade-duplicate", FaultKind.DuplicateTrade, FaultScope.Frame), ("ws-trade-gap", FaultKind.TradeGap, FaultScope.Frame),
        ("ws-gap", FaultKind.SkippedIds, FaultScope.Stream), ("ws-crossed", FaultKind.CrossedBook, FaultScope.Stream),
        ("ws-wrong-level", FaultKind.WrongLevel, FaultScope.Stream), ("ws-empty-side", FaultKind.EmptySide, FaultScope.Stream), ("ws-burst", FaultKind.Burst, FaultScope.Stream),
        ("ws-snapshot", FaultKind.NewSnapshot, FaultScope.Stream), ("ws-restart", FaultKind.Restart, FaultScope.Stream),
        ("ws-kline-open", FaultKind.OpenBarClosed, FaultScope.Stream), ("clock-offset", FaultKind.ClockOffset, FaultScope.Stream),
        ("ws-refuse", FaultKind.RefuseUpgrade, FaultScope.Upgrade), ("ws-429", FaultKind.Upgrade429, FaultScope.Upgrade), ("ws-503", FaultKind.Upgrade503, FaultScope.Upgrade),
        ("ws-html", FaultKind.UpgradeHtml, FaultScope.Upgrade), ("ws-accept-close", FaultKind.AcceptAndClose, FaultScope.Upgrade),
        ("ws-ack-missing", FaultKind.AckMissing, FaultScope.Subscribe), ("ws-ack-error", FaultKind.AckError, FaultScope.Subscribe),
        ("snapshot-stale", FaultKind.StaleSnapshot, FaultScope.Snapshot), ("snapshot-429", FaultKind.Snapshot429, FaultScope.Snapshot),
        ("snapshot-418", FaultKind.Snapshot418, FaultScope.Snapshot), ("snapshot-5xx", FaultKind.Snapshot5xx, FaultScope.Snapshot), ("snapshot-html", FaultKind.SnapshotHtml, FaultScope.Snapshot),
    ];

    private static readonly Dictionary<FaultKind, FaultScope> scopes = table.ToDictionary(t => t.Kind, t => t.Scope);

    public static IEnumerable<(string Name, FaultKind Kind)> All => table.Select(t => (t.Name, t.Kind));

    /// <summary>Null for the faults of ordinary requests.</summary>
    public static FaultScope? ScopeOf(FaultKind kind) => scopes.TryGetValue(kind, out var scope) ? scope : null;
}
