namespace Mts.Storage.Cache.Live;

/// <summary>How the writer stands.</summary>
/// <param name="IsHealthy">Whether the last exchange with the cache succeeded.</param>
/// <param name="LastFailure">Why it did not; null while healthy.</param>
/// <param name="Accepted">Values and events handed in.</param>
/// <param name="Written">Values written, those written again included.</param>
/// <param name="Published">Events sent.</param>
/// <param name="Conflated">Newest values that were replaced before they were written.</param>
/// <param name="Throttled">Books that came sooner than the interval allows.</param>
/// <param name="Dropped">Values and events that were given up because too much waited.</param>
/// <param name="Repaired">Newest values that were written again because the cache had lost them or may have.</param>
/// <param name="Failures">Exchanges that failed.</param>
/// <param name="Waiting">Values and events that are not written yet.</param>
public sealed record MarketCacheState(
    bool IsHealthy, string? LastFailure, long Accepted, long Written, long Published, long Conflated, long Throttled, long Dropped, long Repaired, long Failures, int Waiting);
